package transconv.models;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import transconv.layers.Constraints;
import transconv.layers.Input;
import transconv.layers.Layer;
import transconv.layers.Layers;
import transconv.shape.Padding;
import transconv.shape.Shape;
import transconv.layers.Regularizers;
import transconv.layers.Tensor;
import transconv.ops.Activation;

/** Models of every structure, small, by name; those of a golden are drawn alike in {@code make_model_configs.py}. */
final class SavedModels {

    static final Map<String, Supplier<Model>> ALL = new LinkedHashMap<>();

    static {
        ALL.put("sequential", SavedModels::sequential);
        ALL.put("sequential-in-sequential", SavedModels::sequentialInSequential);
        ALL.put("skip", SavedModels::skip);
        ALL.put("two-inputs-two-outputs", SavedModels::twoInputsTwoOutputs);
        ALL.put("shared-layer", SavedModels::sharedLayer);
        ALL.put("shared-out-of-order", SavedModels::sharedOutOfOrder);
        ALL.put("nested-with-two-outputs", SavedModels::nestedWithTwoOutputs);
        ALL.put("nested-alike", SavedModels::nestedAlike);
        ALL.put("input-is-output", SavedModels::inputIsOutput);
    }

    private SavedModels() {}

    static Model sequential() {
        return new Sequential(
                        Layers.input(6, 5, 1).name("picture"),
                        Layers.conv2D(3, 3).strides(2).padding(Padding.SAME).activation(Activation.RELU),
                        Layers.conv2DTranspose(2, 3)
                                .kernelRegularizer(Regularizers.l2(0.01))
                                .kernelConstraint(Constraints.maxNorm(2)),
                        Layers.flatten(),
                        Layers.dense(4).activation(Activation.SIGMOID).name("last"))
                .name("row");
    }

    static Model sequentialInSequential() {
        Sequential inner = new Sequential(Layers.input(4).name("code"), Layers.dense(3)).name("inner");
        Sequential deeper =
                new Sequential(Layers.input(3).name("deep"), Layers.dense(2).name("d")).name("deeper");
        return new Sequential(
                        Layers.input(4).name("x"),
                        inner,
                        deeper,
                        Layers.dense(2).name("last"))
                .name("outer");
    }

    static Model skip() {
        Input x = Layers.input(4, 6, 2).name("x");
        Tensor a = Layers.conv2D(2, 3).padding(Padding.SAME).name("a").apply(x);
        Tensor b = Layers.conv2D(2, 1).name("b").apply(a);
        Tensor sum = Layers.add().name("sum").apply(x, b);
        return new Model(x, Layers.concatenate().name("all").apply(sum, a, x)).name("skip");
    }

    static Model twoInputsTwoOutputs() {
        Input left = Layers.input(3).name("left");
        Input right = Layers.input(2).name("right");
        Tensor joined = Layers.concatenate().name("joined").apply(left, right);
        Tensor one = Layers.dense(2).name("one").apply(joined);
        Tensor two = Layers.dense(1).name("two").apply(right);
        return new Model(List.of(left, right), List.of(one, two)).name("ends");
    }

    static Model sharedLayer() {
        Input a = Layers.input(4, 4, 1).name("a");
        Input b = Layers.input(4, 4, 1).name("b");
        Layer shared = Layers.conv2D(2, 3).name("shared");
        Tensor both = Layers.subtract().name("difference").apply(shared.apply(a), shared.apply(b));
        return new Model(List.of(a, b), List.of(both)).name("siblings");
    }

    /** The output needs the second application before the first. */
    static Model sharedOutOfOrder() {
        Input a = Layers.input(3).name("a");
        Layer shared = Layers.dense(3).name("shared");
        Tensor first = shared.apply(a);
        Tensor second = shared.apply(Layers.dense(3).name("between").apply(first));
        return new Model(a, Layers.subtract().name("difference").apply(second, first)).name("again");
    }

    static Model nestedWithTwoOutputs() {
        Input in = Layers.input(4, 4, 2).name("in");
        Model inner = new Model(
                        List.of(in),
                        List.of(
                                Layers.conv2D(1, 1).name("p").apply(in),
                                Layers.conv2D(3, 1).name("q").apply(in)))
                .name("inner");
        Input a = Layers.input(4, 4, 1).name("a");
        Input b = Layers.input(4, 4, 1).name("b");
        Layer shared = Layers.conv2D(2, 3).padding(Padding.SAME).name("shared");
        List<Tensor> one = inner.applyToAll(shared.apply(a));
        List<Tensor> two = inner.applyToAll(shared.apply(b));
        Tensor all = Layers.concatenate().name("all").apply(one.get(0), one.get(1), two.get(0));
        return new Model(List.of(a, b), List.of(all, one.get(0))).name("outer");
    }

    /** Two nested models whose layers have the same names. */
    static Model nestedAlike() {
        Model first = new Sequential(Layers.input(3).name("x"), Layers.dense(4)).name("first");
        Model second = new Sequential(Layers.input(4).name("x"), Layers.dense(3)).name("second");
        Input x = Layers.input(3).name("x");
        return new Model(x, second.apply(first.apply(x))).name("pair");
    }

    static Model inputIsOutput() {
        Input x = Layers.input(3).name("x");
        return new Model(List.of(x), List.of(x, Layers.dense(2).name("d").apply(x))).name("both");
    }

    /** Two nested models that share a layer: their weights stay one. */
    static Model sharedAcrossModels() {
        Layer shared = Layers.dense(3).name("shared");
        Input a = Layers.input(3).name("a");
        Input b = Layers.input(3).name("b");
        Model one = new Model(a, shared.apply(a)).name("one");
        Model two = new Model(b, Layers.dense(3).name("own").apply(shared.apply(b))).name("two");
        Input x = Layers.input(3).name("x");
        return new Model(x, Layers.add().name("sum").apply(one.apply(x), two.apply(x), shared.apply(x))).name("nest");
    }

    /** Noise that follows from the training's seed, and from a layer's. */
    static Model noisy() {
        return new Sequential(
                Layers.input(5),
                Layers.gaussianNoise(0.1),
                Layers.dense(6).activation(Activation.RELU),
                Layers.dropout(0.5),
                Layers.dense(4),
                Layers.dropout(0.25).seed(3),
                Layers.dense(2));
    }

    /** Moving averages, of a layer that learns and of a frozen one. */
    static Model normalized() {
        Input x = Layers.input(4, 4, 2).name("x");
        Tensor y = Layers.batchNormalization().momentum(0.5).name("learning").apply(x);
        Tensor z = Layers.layerNormalization().apply(Layers.conv2D(2, 3).apply(y));
        Layer frozen = Layers.batchNormalization().trainable(false);
        return new Model(x, Layers.dropout(0.5).apply(frozen.apply(z)));
    }

    /** Samples that fit, the same each time. */
    static List<INDArray> samples(List<Shape> shapes, int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return shapes.stream()
                .map(shape -> {
                    float[] values = new float[count * shape.elements()];
                    for (int i = 0; i < values.length; i++) {
                        values[i] = (float) random.nextDouble();
                    }
                    return Nd4j.createFromArray(values)
                            .reshape('c', shape.prepend(count).toLongArray());
                })
                .toList();
    }
}
