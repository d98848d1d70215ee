package transconv.models;

import static transconv.layers.Layers.activation;
import static transconv.layers.Layers.add;
import static transconv.layers.Layers.batchNormalization;
import static transconv.layers.Layers.conv2DTranspose;
import static transconv.layers.Layers.dense;
import static transconv.layers.Layers.flatten;
import static transconv.layers.Layers.input;
import static transconv.layers.Layers.relu;
import static transconv.layers.Layers.subtract;

import transconv.layers.Input;
import transconv.layers.Layer;
import transconv.layers.Regularizers;
import transconv.layers.Tensor;
import transconv.shape.Padding;

/** The models of {@code make_batch_normalization.py}. */
final class BatchNormalizationModels {

    private BatchNormalizationModels() {}

    /** @param name a case's; what follows on a comma is a variant */
    static Model of(String name) {
        return switch (name) {
            case "picture", "picture, whole", "picture, one by one" -> picture(true);
            case "picture frozen" -> picture(false);
            case "features" -> features();
            case "shared" -> shared(false, false);
            case "shared, one deeper" -> shared(true, false);
            case "shared, swapped" -> shared(false, true);
            case "chained" -> chained();
            case "nested" -> nested();
            default -> throw new AssertionError("no such model: " + name);
        };
    }

    static Model picture(boolean trainable) {
        return new Sequential(
                input(4, 3, 2),
                conv2DTranspose(4, 3, 2)
                        .strides(2, 1)
                        .padding(Padding.SAME)
                        .useBias(false)
                        .name("up"),
                batchNormalization()
                        .momentum(0.75)
                        .gammaRegularizer(Regularizers.l2(0.05))
                        .name("norm")
                        .trainable(trainable),
                relu().name("relu"),
                flatten().name("flat"),
                dense(2).name("dense"));
    }

    static Model features() {
        return new Sequential(
                input(5),
                dense(4).useBias(false).name("hidden"),
                batchNormalization()
                        .momentum(0.5)
                        .epsilon(0.01)
                        .center(false)
                        .scale(false)
                        .name("norm"),
                activation("tanh").name("tanh"),
                dense(2).name("dense"));
    }

    private static Model shared(boolean deeper, boolean swapped) {
        Input x = input(5);
        Layer norm = batchNormalization().momentum(0.5).name("norm");
        Tensor left = norm.apply(dense(3).useBias(false).name("a").apply(x));
        Tensor right = norm.apply(dense(3).useBias(false).name("b").apply(x));
        if (deeper) {
            right = dense(3).name("after").apply(right);
        }
        Layer sum = add().name("add");
        return new Model(x, dense(2).name("dense").apply(swapped ? sum.apply(right, left) : sum.apply(left, right)));
    }

    private static Model chained() {
        Input x = input(5);
        Layer norm = batchNormalization().momentum(0.5).name("norm");
        Tensor between = dense(5).useBias(false).name("between").apply(norm.apply(x));
        return new Model(x, dense(2).name("dense").apply(norm.apply(between)));
    }

    private static Model nested() {
        Model innermost = new Sequential(
                        input(4),
                        batchNormalization().momentum(0.75).name("norm"),
                        activation("tanh").name("tanh"))
                .name("innermost");
        Model inner = new Sequential(input(5), dense(4).useBias(false).name("hidden"), innermost).name("inner");
        Input x = input(5);
        Tensor difference = subtract()
                .name("difference")
                .apply(inner.apply(x), inner.apply(dense(5).name("before").apply(x)));
        return new Model(x, dense(2).name("dense").apply(difference));
    }
}
