package transconv.explain;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Positions in a block of three axes, as three numbers and as one. */
final class Places {

    private Places() {}

    static int count(int[] sizes) {
        return sizes[0] * sizes[1] * sizes[2];
    }

    static int[] at(int flat, int[] sizes) {
        return new int[] {flat / (sizes[1] * sizes[2]), flat / sizes[2] % sizes[1], flat % sizes[2]};
    }

    static int flat(int[] place, int[] sizes) {
        return (place[0] * sizes[1] + place[1]) * sizes[2] + place[2];
    }

    static boolean isInside(int[] place, int[] sizes) {
        return IntStream.range(0, 3).allMatch(axis -> place[axis] >= 0 && place[axis] < sizes[axis]);
    }

    /** The last {@code rank} numbers of a place: {@code [0, 1]}. */
    static String text(int[] place, int rank) {
        return Arrays.toString(Arrays.copyOfRange(place, 3 - rank, 3));
    }

    /** The last {@code rank} sizes: {@code 2 × 3}; of one axis just the number. */
    static String sizes(int[] sizes, int rank) {
        return Arrays.stream(sizes, 3 - rank, 3).mapToObj(Integer::toString).collect(Collectors.joining(" × "));
    }

    /**
     * A place as the user counts it, brought to three axes.
     *
     * @throws IllegalArgumentException if it has another rank or lies outside
     */
    static int[] checked(String what, int[] place, int rank, int[] sizes) {
        if (place.length != rank) {
            throw new IllegalArgumentException("explain: %s position %s has %d numbers; it needs one an axis, here %d"
                    .formatted(what, Arrays.toString(place), place.length, rank));
        }
        int[] three = new int[3];
        System.arraycopy(place, 0, three, 3 - rank, rank);
        if (!isInside(three, sizes)) {
            throw new IllegalArgumentException("explain: %s position %s lies outside of %s; count from 0"
                    .formatted(what, Arrays.toString(place), sizes(sizes, rank)));
        }
        return three;
    }
}
