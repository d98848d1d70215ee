package transconv.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import transconv.engines.Cores;
import transconv.ops.Parameter;

/** A step reads and writes arrays of any layout, length and type, and leaves nothing to the garbage collector. */
class OptimizerMemoryTest {

    /** Every formula, clipping and decay, with each slot in use. */
    static Stream<Named<Supplier<BaseOptimizer<?>>>> optimizers() {
        return Stream.of(
                named("adadelta", () -> new Adadelta().learningRate(1).weightDecay(0.1)),
                named("adagrad", () -> new Adagrad().learningRate(0.1).clipvalue(0.5)),
                named("adam", () -> new Adam().amsgrad(true).globalClipnorm(1)),
                named("adamax", () -> new Adamax().clipnorm(0.5)),
                named("ftrl", () -> new Ftrl().learningRate(0.1).l1RegularizationStrength(0.01)),
                named("nadam", () -> new Nadam().clipvalue(0.5).weightDecay(0.1)),
                named("rmsprop", () -> new RMSprop().momentum(0.5).centered(true)),
                named("sgd", () -> new SGD().momentum(0.5).nesterov(true).clipnorm(2)));
    }

    private static Named<Supplier<BaseOptimizer<?>>> named(String name, Supplier<BaseOptimizer<?>> optimizer) {
        return Named.of(name, optimizer);
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void aStepLeavesNextToNothingOnTheHeap(Supplier<BaseOptimizer<?>> made) {
        BaseOptimizer<?> optimizer = made.get();
        List<Parameter> parameters = new ArrayList<>();
        List<INDArray> gradients = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            parameters.add(new Parameter("w" + i, values(DataType.FLOAT, 1, 3, 100 + i)));
            gradients.add(values(DataType.FLOAT, 2, 3, 100 + i));
        }
        optimizer.step(parameters, gradients);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        long before = threads.getThreadAllocatedBytes(thread);
        for (int i = 0; i < 100; i++) {
            optimizer.step(parameters, gradients);
        }
        long bytes = (threads.getThreadAllocatedBytes(thread) - before) / 100;
        assertTrue(bytes <= 2000, bytes + " bytes a step");
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void anyLayoutHasTheSameStep(Supplier<BaseOptimizer<?>> made) {
        INDArray value = values(DataType.FLOAT, 1, 5, 4);
        List<INDArray> gradients = List.of(values(DataType.FLOAT, 2, 5, 4), values(DataType.FLOAT, 3, 5, 4));
        INDArray rows = values(DataType.FLOAT, 4, 9, 4);
        INDArray columns = values(DataType.FLOAT, 5, 5, 7);
        INDArray transposed = values(DataType.FLOAT, 6, 4, 5).transpose();
        INDArray fortran = Nd4j.create(DataType.FLOAT, new long[] {5, 4}, 'f');
        List<INDArray> layouts = List.of(
                rows.get(NDArrayIndex.interval(2, 7)),
                columns.get(NDArrayIndex.all(), NDArrayIndex.interval(1, 5)),
                transposed,
                fortran);
        INDArray rowsBefore = rows.dup();
        INDArray columnsBefore = columns.dup();
        BaseOptimizer<?> plain = made.get();
        Parameter wanted = new Parameter("w", value.dup());
        gradients.forEach(gradient -> plain.step(List.of(wanted), List.of(gradient)));
        for (INDArray layout : layouts) {
            BaseOptimizer<?> optimizer = made.get();
            Parameter parameter = new Parameter("w", layout.assign(value));
            gradients.forEach(gradient -> optimizer.step(List.of(parameter), List.of(layoutOf(layout, gradient))));
            assertArrayEquals(wanted.value().toFloatMatrix(), layout.toFloatMatrix());
            assertEquals(plain.stateCount(), optimizer.stateCount());
        }
        for (int edge : new int[] {0, 1, 7, 8}) {
            assertEquals(rowsBefore.getRow(edge), rows.getRow(edge), "beside the view");
        }
        for (int edge : new int[] {0, 5, 6}) {
            assertEquals(columnsBefore.getColumn(edge), columns.getColumn(edge), "beside the view");
        }
    }

    private static INDArray layoutOf(INDArray layout, INDArray gradient) {
        return layout.ordering() == 'f' ? gradient.dup('f') : gradient;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1023, 1024, 1025, 5000})
    void everyValueOfAnyLengthMoves(int length) {
        for (DataType type : List.of(DataType.FLOAT, DataType.DOUBLE)) {
            Parameter parameter = new Parameter("w", Nd4j.arange(length).castTo(type));
            INDArray gradient = Nd4j.arange(length).castTo(type).muli(4);
            SGD sgd = new SGD().learningRate(0.125).momentum(0.5);
            sgd.step(List.of(parameter), List.of(gradient));
            sgd.step(List.of(parameter), List.of(gradient));
            for (int i = 0; i < length; i++) {
                // i - 0.5 i - 0.75 i
                assertEquals(0, parameter.value().getDouble(i) + 0.25 * i, "of " + type);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void theNumberOfCoresChangesNoBit(Supplier<BaseOptimizer<?>> made) throws Exception {
        Parameter alone = new Parameter("w", values(DataType.FLOAT, 1, 300, 1001));
        Parameter shared = new Parameter("w", values(DataType.FLOAT, 1, 300, 1001));
        BaseOptimizer<?> one = made.get();
        BaseOptimizer<?> several = made.get();
        for (int step = 2; step <= 3; step++) {
            List<INDArray> gradients = List.of(values(DataType.FLOAT, step, 300, 1001));
            Cores.during(1, () -> {
                one.step(List.of(alone), gradients);
                return null;
            });
            several.step(List.of(shared), gradients);
        }
        assertArrayEquals(alone.value().data().asFloat(), shared.value().data().asFloat());
        Map<String, INDArray> kept = several.state(List.of(shared));
        one.state(List.of(alone))
                .forEach((name, array) -> assertArrayEquals(
                        array.data().asFloat(), kept.get(name).data().asFloat(), name));
    }

    @Test
    void aFloatIsRoundedOnceAStep() {
        Parameter parameter = new Parameter("w", Nd4j.createFromArray(1f));
        new SGD().learningRate(0.1).step(List.of(parameter), List.of(Nd4j.createFromArray(0.3f)));
        assertEquals((float) (1 - 0.1 * 0.3f), parameter.value().getFloat(0));
    }

    @Test
    void halfPrecisionAndScalarsHaveSteps() {
        Parameter half = new Parameter("half", Nd4j.ones(DataType.HALF, 2, 3));
        Parameter scalar = new Parameter("scalar", Nd4j.scalar(3.0));
        Adam adam = new Adam().learningRate(0.5).globalClipnorm(100);
        adam.step(List.of(half, scalar), List.of(Nd4j.ones(DataType.HALF, 2, 3), Nd4j.scalar(-2.0)));
        assertEquals(0.5, half.value().getDouble(1, 2), 1e-3);
        assertEquals(3.5, scalar.value().getDouble(0), 1e-5);
        assertEquals(0.1, adam.state(List.of(half)).get("half/momentum").getDouble(1, 2), 1e-4);
    }

    @Test
    void aGradientThatIsNoNumberShowsInEveryKept() {
        Parameter parameter = new Parameter("w", Nd4j.createFromArray(1f, 1f));
        Adam adam = new Adam().amsgrad(true);
        adam.step(List.of(parameter), List.of(Nd4j.createFromArray(Float.NaN, 1f)));
        adam.state(List.of(parameter)).forEach((name, array) -> {
            if (name.startsWith("w/")) {
                assertTrue(Float.isNaN(array.getFloat(0)), name);
                assertTrue(array.getFloat(1) > 0, name);
            }
        });
    }

    /** Values in [-1, 1] without order, the same at every call. */
    private static INDArray values(DataType type, int seed, long... shape) {
        int length = Math.toIntExact(Nd4j.create(type, shape).length());
        double[] values = IntStream.range(0, length)
                .mapToDouble(i -> Math.sin(12.9898 * (i + 1) * seed))
                .toArray();
        return Nd4j.createFromArray(values).castTo(type).reshape(shape);
    }
}
