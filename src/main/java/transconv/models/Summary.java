package transconv.models;

import java.util.List;
import java.util.Locale;

/**
 * A model's table: Keras' columns, one row a layer, and the totals below. {@link #toString} is the plain text.
 *
 * @param model              the model's name
 * @param rows               one row a layer, input layers left out as Keras does for {@code Sequential}
 * @param trainable          number of trainable parameters
 * @param nonTrainable       number of parameters that training leaves alone
 */
public record Summary(String model, List<Row> rows, long trainable, long nonTrainable) {

    /**
     * One layer.
     *
     * @param name        the layer's name, {@code conv2d_transpose_1}
     * @param type        the layer's class as Keras names it, {@code Conv2DTranspose}
     * @param outputShape as Keras prints it, {@code (None, 24, 24, 8)}
     * @param parameters  number of parameters
     */
    public record Row(String name, String type, String outputShape, long parameters) {
    }

    public Summary {
        rows = List.copyOf(rows);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "Model: \"%s\"", model);
    }
}
