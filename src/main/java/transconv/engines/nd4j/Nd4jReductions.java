package transconv.engines.nd4j;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import transconv.engines.AxisPass;
import transconv.shape.Shape;

/** Sums and maxima over axes, and repetition along axes: one pass for every run of axes that adjoin. */
final class Nd4jReductions {

    /** Makes the step of a pass. */
    @FunctionalInterface
    private interface Kernel {
        Runnable step(AxisPass pass, INDArray from, INDArray to);
    }

    private Nd4jReductions() {}

    static Runnable sum(List<Integer> axes, INDArray x, INDArray out, Scratch scratch) {
        return chain(passes(x, axes), Nd4jReductions::sum, AxisPass::slices, x, out, scratch);
    }

    private static Runnable sum(AxisPass pass, INDArray x, INDArray out) {
        FloatBuffer from = Floats.of(x);
        FloatBuffer to = Floats.of(out);
        double[] sums = new double[pass.inner()];
        return pass.inner() == 1
                ? () -> AxisLoops.sumRows(pass, from, to)
                : () -> AxisLoops.sumSlices(pass, from, to, sums);
    }

    /** ND4J's own maximum loses NaN. */
    static Runnable max(List<Integer> axes, INDArray x, INDArray out, Scratch scratch) {
        return chain(passes(x, axes), Nd4jReductions::max, AxisPass::slices, x, out, scratch);
    }

    private static Runnable max(AxisPass pass, INDArray x, INDArray out) {
        FloatBuffer from = Floats.of(x);
        FloatBuffer to = Floats.of(out);
        return pass.inner() == 1
                ? () -> AxisLoops.maxOfRows(pass, from, to)
                : () -> AxisLoops.maxOfSlices(pass, from, to);
    }

    static Runnable broadcast(INDArray x, INDArray out, Scratch scratch) {
        List<Integer> repeated = IntStream.range(0, x.rank())
                .filter(axis -> x.size(axis) != out.size(axis))
                .boxed()
                .toList();
        List<AxisPass> passes = new ArrayList<>(passes(out, repeated));
        Collections.reverse(passes);
        return chain(passes, Nd4jReductions::repeat, AxisPass::elements, x, out, scratch);
    }

    /** Along the first or the last axes by a matrix product with ones: four times as fast as a loop. */
    private static Runnable repeat(AxisPass pass, INDArray x, INDArray out) {
        long length = pass.length();
        if (pass.slices() == 1) {
            FloatBuffer value = Floats.of(x);
            return () -> out.assign(value.get(0));
        }
        if (pass.inner() == 1) {
            INDArray column = x.reshape('c', pass.outer(), 1L);
            INDArray ones = Nd4j.ones(DataType.FLOAT, 1, length);
            return PreparedOp.matrixProduct(column, false, ones, false, out.reshape('c', pass.outer(), length));
        }
        if (pass.outer() == 1) {
            INDArray row = x.reshape('c', 1L, pass.inner());
            INDArray ones = Nd4j.ones(DataType.FLOAT, length, 1);
            return PreparedOp.matrixProduct(ones, false, row, false, out.reshape('c', length, pass.inner()));
        }
        FloatBuffer from = Floats.of(x);
        FloatBuffer to = Floats.of(out);
        return () -> AxisLoops.repeatSlices(pass, from, to);
    }

    private static List<AxisPass> passes(INDArray full, List<Integer> axes) {
        return AxisPass.over(Shape.of(full.shape()), axes);
    }

    private static Runnable chain(
            List<AxisPass> passes,
            Kernel kernel,
            ToIntFunction<AxisPass> results,
            INDArray x,
            INDArray out,
            Scratch scratch) {
        List<Runnable> steps = new ArrayList<>();
        INDArray from = x;
        for (AxisPass pass : passes) {
            INDArray to = steps.size() == passes.size() - 1 ? out : scratch.zeros(results.applyAsInt(pass));
            steps.add(kernel.step(pass, from, to));
            from = to;
        }
        return () -> steps.forEach(Runnable::run);
    }
}
