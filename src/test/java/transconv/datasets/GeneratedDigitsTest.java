package transconv.datasets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class GeneratedDigitsTest {

    private final GeneratedDigits digits = new GeneratedDigits(1);

    @Test
    void theSameSeedAndIndexGiveTheSameImage() {
        assertArrayEquals(digits.image(42), new GeneratedDigits(1).image(42));
        assertEquals(digits.label(42), new GeneratedDigits(1).label(42));
    }

    @Test
    void anotherSeedOrIndexGivesAnotherImage() {
        assertFalse(Arrays.equals(digits.image(42), digits.image(43)));
        assertFalse(Arrays.equals(digits.image(42), new GeneratedDigits(2).image(42)));
    }

    @Test
    void eachClassIsAboutEquallyOften() {
        int[] counts = new int[10];
        for (int i = 0; i < 10_000; i++) {
            counts[digits.label(i)]++;
        }
        for (int count : counts) {
            assertTrue(count > 850 && count < 1150, Arrays.toString(counts));
        }
    }

    @Test
    void inkIsNeitherScarceNorCutOffAtTheBorder() {
        for (int i = 0; i < 2_000; i++) {
            byte[] image = digits.image(i);
            assertEquals(784, image.length);
            int sum = 0;
            int border = 0;
            int brightest = 0;
            for (int p = 0; p < 784; p++) {
                int value = image[p] & 0xFF;
                sum += value;
                brightest = Math.max(brightest, value);
                if (p < 28 || p >= 756 || p % 28 == 0 || p % 28 == 27) {
                    border += value;
                }
            }
            assertTrue(sum > 20 * 255 && sum < 300 * 255, "image " + i + ": ink " + sum / 255);
            assertTrue(border < 10 * 255, "image " + i + ": " + border / 255 + " on the border");
            assertTrue(brightest > 200, "image " + i + ": brightest " + brightest);
        }
    }

    /** The nearest of 3,000 others has the same label: a digit looks like its class and not like another. */
    @Test
    void theNearestNeighbourHasTheSameLabel() {
        int right = 0;
        for (int i = 0; i < 200; i++) {
            byte[] image = digits.image(100_000 + i);
            long best = Long.MAX_VALUE;
            int found = -1;
            for (int j = 0; j < 3_000; j++) {
                long distance = 0;
                byte[] other = neighbours()[j];
                for (int p = 0; p < 784; p++) {
                    int d = (image[p] & 0xFF) - (other[p] & 0xFF);
                    distance += (long) d * d;
                }
                if (distance < best) {
                    best = distance;
                    found = digits.label(j);
                }
            }
            right += found == digits.label(100_000 + i) ? 1 : 0;
        }
        assertTrue(right >= 190, right + " of 200");
    }

    private byte[][] neighbours;

    private byte[][] neighbours() {
        if (neighbours == null) {
            neighbours = new byte[3_000][];
            Arrays.setAll(neighbours, digits::image);
        }
        return neighbours;
    }
}
