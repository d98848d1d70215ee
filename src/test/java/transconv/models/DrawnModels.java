package transconv.models;

import static transconv.layers.Layers.add;
import static transconv.layers.Layers.average;
import static transconv.layers.Layers.concatenate;
import static transconv.layers.Layers.conv1DTranspose;
import static transconv.layers.Layers.conv2D;
import static transconv.layers.Layers.conv2DTranspose;
import static transconv.layers.Layers.conv3D;
import static transconv.layers.Layers.conv3DTranspose;
import static transconv.layers.Layers.dense;
import static transconv.layers.Layers.elu;
import static transconv.layers.Layers.flatten;
import static transconv.layers.Layers.globalAveragePooling1D;
import static transconv.layers.Layers.globalAveragePooling2D;
import static transconv.layers.Layers.globalMaxPooling2D;
import static transconv.layers.Layers.globalMaxPooling3D;
import static transconv.layers.Layers.input;
import static transconv.layers.Layers.leakyRelu;
import static transconv.layers.Layers.maxPooling2D;
import static transconv.layers.Layers.maximum;
import static transconv.layers.Layers.minimum;
import static transconv.layers.Layers.multiply;
import static transconv.layers.Layers.subtract;
import static transconv.layers.Layers.upSampling2D;
import static transconv.layers.Layers.upSampling3D;
import static transconv.models.CompileOption.loss;
import static transconv.models.CompileOption.metrics;
import static transconv.models.CompileOption.optimizer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import transconv.layers.Conv2D;
import transconv.layers.Conv2DTranspose;
import transconv.layers.Dense;
import transconv.layers.Input;
import transconv.layers.Tensor;
import transconv.ops.Activation;
import transconv.shape.Padding;
import transconv.shape.Shape;
import transconv.training.SGD;

/** The models of {@code make_functional_summaries.py}, drawn by the same steps. */
final class DrawnModels {

    static final Map<String, Supplier<Model>> ALL = new LinkedHashMap<>();

    static {
        ALL.put("source-003-transposed", DrawnModels::source003Transposed);
        ALL.put("source-003-upsampling", DrawnModels::source003Upsampling);
        ALL.put("u-net", DrawnModels::uNet);
        ALL.put("two-inputs", DrawnModels::twoInputs);
        ALL.put("two-outputs", DrawnModels::twoOutputs);
        ALL.put("shared", DrawnModels::shared);
        ALL.put("shared-in-a-chain", DrawnModels::sharedInAChain);
        ALL.put("nested", DrawnModels::nested);
        ALL.put("nested-in-a-chain", DrawnModels::nestedInAChain);
        ALL.put("nested-twice", DrawnModels::nestedTwice);
        ALL.put("nested-alike", DrawnModels::nestedAlike);
        ALL.put("sequential-of-models", DrawnModels::sequentialOfModels);
        ALL.put("grown-layer-by-layer", DrawnModels::grownLayerByLayer);
        ALL.put("made-out-of-order", DrawnModels::madeOutOfOrder);
        ALL.put("uneven-branches", DrawnModels::unevenBranches);
        ALL.put("very-long-names", DrawnModels::veryLongNames);
        ALL.put("three-axes", DrawnModels::threeAxes);
        ALL.put("frozen-and-trained", DrawnModels::frozenAndTrained);
        ALL.put("nested-and-frozen", DrawnModels::nestedAndFrozen);
        ALL.put("part-of-a-model", DrawnModels::partOfAModel);
        ALL.put("unused-input", DrawnModels::unusedInput);
        ALL.put("input-that-is-an-output", DrawnModels::inputThatIsAnOutput);
    }

    private DrawnModels() {}

    private static Conv2D same(int filters) {
        return conv2D(filters, 3).padding(Padding.SAME);
    }

    private static Model source003Transposed() {
        Input x = input(28, 28, 1);
        Tensor up = conv2DTranspose(32, 3, 3)
                .strides(2, 2)
                .padding(Padding.SAME)
                .activation(Activation.RELU)
                .apply(x);
        Model model = new Model(
                x,
                conv2DTranspose(1, 3, 3)
                        .padding(Padding.SAME)
                        .activation(Activation.SIGMOID)
                        .apply(up));
        model.compile(optimizer("adam"), loss("mean_squared_error"), metrics("accuracy"));
        return model;
    }

    private static Model source003Upsampling() {
        Input x = input(28, 28, 1);
        Model model = new Model(x, same(64).apply(upSampling2D(2, 2).apply(x)));
        model.compile(optimizer("adam"), loss("mean_squared_error"), metrics("accuracy"));
        return model;
    }

    private static Model uNet() {
        Input x = input(16, 12, 2);
        Tensor fine = same(4).activation(Activation.RELU).apply(x);
        Tensor middle =
                same(8).activation(Activation.RELU).apply(maxPooling2D(2).apply(fine));
        Tensor coarse =
                same(16).activation(Activation.RELU).apply(maxPooling2D(2).apply(middle));
        Tensor up = conv2DTranspose(8, 2).strides(2).apply(coarse);
        up = same(8).apply(concatenate().apply(up, middle));
        up = conv2DTranspose(4, 2).strides(2).apply(up);
        up = same(4).apply(concatenate().apply(up, fine));
        return new Model(x, conv2D(1, 1).activation(Activation.SIGMOID).apply(up));
    }

    private static Model twoInputs() {
        Input picture = input(6, 5, 2);
        Input numbers = input(3);
        Input more = input(4).name("more");
        Tensor convolved = conv2D(2, 3).apply(picture);
        Tensor flat = flatten().apply(convolved);
        Tensor wide = dense(7).apply(numbers);
        Tensor joined = concatenate().apply(flat, wide, more);
        return new Model(List.of(picture, numbers, more), List.of(dense(1).apply(joined)));
    }

    private static Model twoOutputs() {
        Input x = input(8, 6, 1);
        Tensor shared = conv2D(3, 3).apply(x);
        Tensor numbers = dense(2).name("numbers").apply(flatten().apply(shared));
        Tensor picture = conv2DTranspose(2, 3).apply(shared);
        picture = conv2D(1, 1).name("picture").apply(leakyRelu().apply(picture));
        Model model = new Model(List.of(x), List.of(numbers, picture)).name("two_heads");
        model.compile(optimizer(new SGD().learningRate(0.01).momentum(0.9)), loss("mse"));
        return train(model);
    }

    /** One step on zeros: the optimizer has its state. */
    private static Model train(Model model) {
        model.trainOnBatch(zeros(model.inputShapes()), zeros(model.outputShapes()));
        return model;
    }

    private static List<INDArray> zeros(List<Shape> shapes) {
        return shapes.stream()
                .map(shape -> Nd4j.zeros(shape.prepend(1).toArray()))
                .toList();
    }

    private static Model shared() {
        Input a = input(8, 8, 2);
        Input b = input(8, 8, 2);
        Input c = input(4, 6, 2);
        Conv2D look = same(3);
        Tensor ofB = look.apply(b);
        Tensor ofA = look.apply(a);
        Tensor ofC = look.apply(c);
        Tensor joined = globalAveragePooling2D().apply(add().apply(ofA, ofB, ofA));
        return new Model(
                List.of(a, b, c),
                List.of(concatenate().apply(joined, globalMaxPooling2D().apply(ofC))));
    }

    private static Model sharedInAChain() {
        Input x = input(5);
        Dense again = dense(5);
        return new Model(x, dense(2).apply(again.apply(leakyRelu().apply(again.apply(x)))));
    }

    private static Model nested() {
        Input a = input(6, 4, 2);
        Input b = input(6, 4, 2);
        Tensor both = add().apply(conv2D(3, 1).apply(a), conv2D(3, 1).apply(b));
        Model inner = new Model(
                List.of(a, b),
                List.of(conv2DTranspose(2, 2).strides(2).apply(both), flatten().apply(both)));
        Input x = input(6, 4, 2);
        List<Tensor> outputs = inner.applyToAll(same(2).apply(x), x);
        return new Model(List.of(x), List.of(conv2D(1, 3).apply(outputs.get(0)), dense(2).apply(outputs.get(1))));
    }

    private static Model nestedInAChain() {
        Sequential inner = new Sequential(input(6), dense(4).activation(Activation.RELU), dense(3));
        Input z = input(3);
        Model decoder =
                new Model(z, dense(6).name("wide").apply(dense(5).name("narrow").apply(z)));
        Input x = input(6);
        return new Model(x, dense(1).apply(decoder.apply(inner.apply(x))));
    }

    private static Model nestedTwice() {
        Input x = input(4);
        Model innermost = new Model(x, dense(3).name("small").apply(x));
        Input y = input(4);
        Model middle = new Model(y, concatenate().apply(innermost.apply(y), y));
        Input first = input(4);
        Input second = input(4);
        return new Model(
                List.of(first, second),
                List.of(dense(2).apply(subtract().apply(middle.apply(first), middle.apply(second)))));
    }

    private static Sequential part(String name) {
        return new Sequential(input(4), dense(4).name(name + "_in"), leakyRelu());
    }

    private static Model nestedAlike() {
        Sequential one = part("one");
        Sequential other = part("other");
        Input x = input(4);
        return new Model(x, multiply().apply(leakyRelu().apply(one.apply(x)), elu().apply(other.apply(x))));
    }

    private static Model sequentialOfModels() {
        Input x = input(6, 6, 1);
        Model drawn = new Model(x, conv2D(2, 3).apply(x));
        Sequential rest = new Sequential(input(4, 4, 2), flatten(), dense(3));
        return new Sequential(input(6, 6, 1), drawn, rest, dense(2));
    }

    private static Model grownLayerByLayer() {
        Sequential grown = new Sequential();
        grown.add(input(5));
        grown.add(dense(4));
        grown.add(leakyRelu());
        grown.add(dense(3));
        Input x = input(5);
        Dense last = dense(3);
        return new Model(x, last.apply(add().apply(grown.apply(x), dense(3).apply(x))));
    }

    private static Model madeOutOfOrder() {
        Dense last = dense(2);
        Dense middle = dense(3);
        Dense first = dense(4);
        Input b = input(5);
        Input a = input(6);
        Tensor side = dense(3).apply(b);
        return new Model(List.of(a, b), List.of(last.apply(average().apply(side, middle.apply(first.apply(a))))));
    }

    private static Model unevenBranches() {
        Input x = input(8, 8, 1);
        Tensor shortOne = conv2D(2, 1).apply(x);
        Conv2D third = conv2D(2, 1);
        Conv2D second = conv2D(3, 1);
        Tensor longOne = third.apply(second.apply(conv2D(4, 1).apply(x)));
        Tensor lone = same(2).apply(x);
        Tensor joined = maximum().apply(shortOne, longOne);
        return new Model(
                List.of(x),
                List.of(globalAveragePooling2D().apply(lone), flatten().apply(joined), add().apply(joined, lone)));
    }

    private static Model veryLongNames() {
        Input x = input(28, 28, 1).name("pictures_of_handwritten_digits_in_28_by_28_pixels");
        Input y = input(28, 28, 1).name("masks");
        Tensor first = conv2DTranspose(2, 3)
                .name("an_exceptionally_long_name_of_a_transposed_convolution")
                .apply(x);
        Tensor second =
                conv2DTranspose(2, 3).name("a name of several words that wraps").apply(y);
        Tensor joined = concatenate().name("nineteen_long_names").apply(first, second);
        return new Model(
                        List.of(x, y),
                        List.of(flatten().name("eighteen_long_name").apply(joined)))
                .name("a_model_whose_name_is_itself_longer_than_the_eighty_columns" + "_that_a_terminal_commonly_has");
    }

    private static Model threeAxes() {
        Input x = input(4, 5, 6, 2);
        Input y = input(7, 3);
        Tensor volume = conv3DTranspose(3, 2)
                .strides(1, 2, 3)
                .apply(upSampling3D(2, 1, 2).apply(x));
        Tensor pooled = globalMaxPooling3D().apply(conv3D(4, 2).apply(volume));
        Tensor line =
                globalAveragePooling1D().apply(conv1DTranspose(4, 3).strides(2).apply(y));
        return new Model(List.of(x, y), List.of(minimum().apply(pooled, line)));
    }

    private static Model frozenAndTrained() {
        Input x = input(8, 8, 1);
        Conv2D first = same(4);
        first.name("first");
        Conv2DTranspose transposed = conv2DTranspose(4, 3).padding(Padding.SAME);
        Tensor skip = add().apply(first.apply(x), transposed.apply(x));
        Model model = new Model(x, dense(1).apply(flatten().apply(skip)));
        first.trainable(false);
        model.compile(optimizer("adam"), loss("mse"));
        return train(model);
    }

    private static Model nestedAndFrozen() {
        Sequential encoder = new Sequential(input(6, 6, 1), conv2D(3, 3), conv2D(2, 3)).name("encoder");
        encoder.trainable(false);
        Input x = input(6, 6, 1);
        Tensor code = encoder.apply(x);
        Tensor up = conv2DTranspose(1, 3).apply(code);
        Model model = new Model(
                List.of(x), List.of(conv2DTranspose(1, 3).apply(up), flatten().apply(code)));
        model.compile(optimizer("sgd"), loss("mse"));
        return model;
    }

    private static Model partOfAModel() {
        Input x = input(6, 6, 1);
        Conv2D first = conv2D(2, 3);
        Tensor code = conv2D(3, 3).apply(first.apply(x));
        Conv2DTranspose up = conv2DTranspose(2, 3);
        new Model(x, conv2DTranspose(1, 3).apply(up.apply(code)));
        Input y = input(6, 6, 1);
        return new Model(List.of(x, y), List.of(subtract().apply(first.apply(y), up.apply(code)))).name("part");
    }

    private static Model unusedInput() {
        Input a = input(3);
        Input b = input(2);
        Input c = input(4);
        return new Model(List.of(a, b, c), List.of(dense(2).apply(b)));
    }

    private static Model inputThatIsAnOutput() {
        Input x = input(4);
        return new Model(List.of(x), List.of(dense(3).apply(x), x));
    }
}
