package transconv.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import transconv.layers.Initializers;
import transconv.layers.Input;
import transconv.layers.Layers;
import transconv.layers.Tensor;
import transconv.models.Model;
import transconv.models.Sequential;
import transconv.shape.Padding;

class ReceptiveFieldsTest {

    private static final int SIDE = 11;

    private static Tensor conv(Tensor x, int filters, int kernel, int strides, Padding padding) {
        return Layers.conv2D(filters, kernel)
                .strides(strides)
                .padding(padding)
                .kernelInitializer(Initializers.ones())
                .apply(x);
    }

    private static Tensor transposed(Tensor x, int filters, int kernel, int strides, Padding padding) {
        return Layers.conv2DTranspose(filters, kernel)
                .strides(strides)
                .padding(padding)
                .kernelInitializer(Initializers.ones())
                .apply(x);
    }

    /** Ones as weights, one pixel lit: the engine itself says which outputs it reaches. */
    private static void fieldsAreWhatTheEngineReaches(Input input, Tensor output) {
        Model model = new Model(input, output);
        INDArray pixels = Nd4j.eye(SIDE * SIDE).reshape('c', SIDE * SIDE, SIDE, SIDE, 1);
        INDArray reached = model.predict(pixels);
        int height = (int) reached.size(1);
        int width = (int) reached.size(2);
        int tallest = 0;
        int widest = 0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int[] box = {SIDE, -1, SIDE, -1};
                for (int pixel = 0; pixel < SIDE * SIDE; pixel++) {
                    if (reached.getDouble(pixel, y, x, 0) != 0) {
                        grow(box, pixel / SIDE, pixel % SIDE);
                    }
                }
                tallest = Math.max(tallest, box[1] - box[0] + 1);
                widest = Math.max(widest, box[3] - box[2] + 1);
            }
        }
        int middle = SIDE / 2 * SIDE + SIDE / 2;
        int[] projected = {height, -1, width, -1};
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                if (reached.getDouble(middle, y, x, 0) != 0) {
                    grow(projected, y, x);
                }
            }
        }
        Table table = ReceptiveFields.of(model).table();
        int last = table.rows().size() - 1;
        assertEquals(
                "%d × %d".formatted(tallest, widest),
                table.column("receptive field").get(last));
        assertEquals(
                "%d × %d".formatted(projected[1] - projected[0] + 1, projected[3] - projected[2] + 1),
                table.column("projective field").get(last));
        SvgDocument.of(ReceptiveFields.of(model).picture());
    }

    private static void grow(int[] box, int y, int x) {
        box[0] = Math.min(box[0], y);
        box[1] = Math.max(box[1], y);
        box[2] = Math.min(box[2], x);
        box[3] = Math.max(box[3], x);
    }

    @Test
    void convolutionsAndPooling() {
        Input input = Layers.input(SIDE, SIDE, 1);
        Tensor x = conv(input, 3, 3, 1, Padding.SAME);
        x = Layers.maxPooling2D(2).apply(x);
        fieldsAreWhatTheEngineReaches(input, conv(x, 2, 2, 2, Padding.SAME));
    }

    @Test
    void transposedConvolutions() {
        Input input = Layers.input(SIDE, SIDE, 1);
        Tensor x = conv(input, 2, 3, 3, Padding.SAME);
        x = transposed(x, 3, 5, 2, Padding.SAME);
        fieldsAreWhatTheEngineReaches(input, transposed(x, 1, 2, 3, Padding.VALID));
    }

    @Test
    void margins() {
        Input input = Layers.input(SIDE, SIDE, 1);
        Tensor x = Layers.zeroPadding2D(2).apply(input);
        x = Layers.averagePooling2D(3).strides(2).apply(x);
        fieldsAreWhatTheEngineReaches(input, Layers.cropping2D(1).apply(x));
    }

    @Test
    void depthToSpaceBranchesAndUpSampling() {
        Input input = Layers.input(SIDE, SIDE, 1);
        Tensor x = conv(input, 4, 3, 1, Padding.SAME);
        x = Layers.pixelShuffle(2).apply(x);
        Tensor y = Layers.upSampling2D(2).apply(input);
        fieldsAreWhatTheEngineReaches(input, Layers.concatenate().apply(x, y));
    }

    @Test
    void depthwiseAndNormalization() {
        Input input = Layers.input(SIDE, SIDE, 1);
        Tensor x = conv(input, 4, 2, 1, Padding.VALID);
        x = Layers.batchNormalization().apply(x);
        x = Layers.depthwiseConv2D(3)
                .depthwiseInitializer(Initializers.ones())
                .strides(2)
                .apply(x);
        fieldsAreWhatTheEngineReaches(input, x);
    }

    @Test
    void aDenseLayerSeesEverything() {
        Sequential model = new Sequential(
                Layers.input(6),
                Layers.dense(8),
                Layers.reshape(2, 2, 2),
                Layers.conv2DTranspose(1, 2).strides(2));
        Table table = ReceptiveFields.of(model).table();
        assertEquals(List.of("6", "6", "6"), table.column("receptive field"));
        assertEquals(List.of("8", "2 × 2", "4 × 4"), table.column("projective field"));
        assertTrue(SvgDocument.of(ReceptiveFields.of(model).picture())
                .texts("text")
                .contains("4 × 4 of 4 × 4"));
    }
}
