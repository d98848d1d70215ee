package transconv.datasets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

/** Expected values: keras.ops.image.resize(interpolation="bilinear", antialias=True) of Keras 3.15.0 on TensorFlow. */
class ResamplingTest {

    private static final float[] IMAGE = {
        0, .1f, .5f, 1, .2f, //
        .3f, .9f, .4f, 0, .6f, //
        1, .2f, .7f, .8f, .05f, //
        .25f, .35f, .45f, .55f, .65f
    };

    @Test
    void smaller() {
        float[] expected = {0.3510204f, 0.4920635f, 0.4326531f, 0.4867347f, 0.5150794f, 0.4683674f};
        assertArrayEquals(expected, Resampling.resize(IMAGE, 4, 5, 2, 3), 1e-6f);
    }

    @Test
    void lowerAndWider() {
        float[] expected = {
            0.09f, 0.1733333f, 0.3122222f, 0.3977778f, 0.47f, 0.5977778f, 0.6577778f, 0.4466665f, 0.32f, //
            0.65f, 0.6166667f, 0.5611111f, 0.55f, 0.55f, 0.4666666f, 0.3916667f, 0.35f, 0.325f, //
            0.475f, 0.4183333f, 0.3238889f, 0.4027778f, 0.525f, 0.5805556f, 0.6077778f, 0.5216666f, 0.47f
        };
        assertArrayEquals(expected, Resampling.resize(IMAGE, 4, 5, 3, 9), 1e-6f);
    }

    @Test
    void theSameSizeIsTheSameImage() {
        assertArrayEquals(IMAGE, Resampling.resize(IMAGE, 4, 5, 4, 5));
    }
}
