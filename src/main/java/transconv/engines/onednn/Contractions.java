package transconv.engines.onednn;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.bytedeco.javacpp.Pointer;
import transconv.engines.BufferPlan;
import transconv.engines.Fusion;
import transconv.engines.Precision;
import transconv.ops.Convolution;
import transconv.ops.KernelGradient;
import transconv.ops.SumPositions;
import transconv.ops.TransposedConvolution;
import transconv.ops.Value;
import transconv.shape.Geometry;

/**
 * The steps of convolutions, of their transposes and of their kernels' gradients. A bias and a rectifier that follow a
 * convolution are computed with it; so is a bias' gradient with the kernel's. Where oneDNN has no good code for
 * bfloat16, floats are multiplied.
 */
final class Contractions {

    private final Session session;
    private final Fusion fusion;
    private final Tensors tensors;
    private final StepList list;
    private final Precision precision;
    private final Elementwise elementwise;
    private final Set<Value> done = new HashSet<>();
    private final Map<Value, Value> sumsToCome = new HashMap<>();

    Contractions(Session session, Fusion fusion, Tensors tensors, StepList list, Precision precision) {
        this.session = session;
        this.fusion = fusion;
        this.tensors = tensors;
        this.list = list;
        this.precision = precision;
        elementwise = new Elementwise(session);
    }

    /** Whether a value is computed by a step that is there already. */
    boolean isDone(Value value) {
        return done.contains(value);
    }

    /** Adds the steps of a value; false where oneDNN has no good code. */
    boolean add(Value value) {
        if (value.op() instanceof SumPositions) {
            Value kernelGradient = fusion.kernelGradient(value);
            boolean waits = kernelGradient != null && sumsToCome.putIfAbsent(kernelGradient, value) == null;
            return waits || addSums(value);
        }
        return add(value, precision) || precision != Precision.FLOAT32 && add(value, Precision.FLOAT32);
    }

    /** What waits for a value and was not computed with it, or null. */
    Value waiting(Value value) {
        return sumsToCome.remove(value);
    }

    private boolean add(Value value, Precision in) {
        if (value.op() instanceof Convolution convolution) {
            return addConvolution(value, convolution.geometry(), in);
        }
        if (value.op() instanceof TransposedConvolution transposed) {
            return addTransposed(value, transposed.geometry(), in);
        }
        return addKernelGradient(value, ((KernelGradient) value.op()).geometry(), in);
    }

    private boolean addConvolution(Value value, Geometry geometry, Precision in) {
        Fusion.Following after = fusion.following(value);
        return addBlocked(value, false, after, geometry, in)
                || addForward(value, ConvolutionForm.direct(geometry, batch(value)), after, in);
    }

    private boolean addTransposed(Value value, Geometry geometry, Precision in) {
        Fusion.Following after = fusion.following(value);
        return addCol2Im(value, after, geometry, in)
                || addBlocked(value, true, after, geometry, in)
                || addForward(value, ConvolutionForm.flipped(geometry, batch(value)), after, in)
                || addBackwardData(value, after, geometry, in);
    }

    private boolean addForward(Value value, ConvolutionForm form, Fusion.Following after, Precision in) {
        if (form == null) {
            return false;
        }
        Value kernel = value.inputs().get(1);
        ContractionStep step = ContractionStep.forward(
                session,
                form,
                tensors.in(in, value.inputs().get(0)),
                tensors.at(kernel),
                BufferPlan.isParameter(kernel),
                result(after.result(), in),
                bias(after),
                after.rectify());
        return step != null && addWith(after, value, step, step.executed(), in);
    }

    private boolean addBlocked(
            Value value, boolean transposed, Fusion.Following after, Geometry geometry, Precision in) {
        OutputBlocks blocks = OutputBlocks.cheapest(geometry, transposed);
        if (blocks == null) {
            return false;
        }
        Value kernel = value.inputs().get(1);
        BlockedStep step = BlockedStep.of(
                session,
                blocks,
                batch(value),
                tensors.in(in, value.inputs().get(0)),
                tensors.at(kernel),
                BufferPlan.isParameter(kernel),
                result(after.result(), in),
                bias(after),
                after.rectify());
        return step != null && addWith(after, value, step, step.executed(), in);
    }

    /** A step whose result is that of all that follows, too. */
    private boolean addWith(Fusion.Following after, Value value, Step step, long executed, Precision in) {
        done.addAll(after.values());
        add(value, step, after.words(), executed, in, after.result());
        return true;
    }

    private boolean addBackwardData(Value value, Fusion.Following after, Geometry geometry, Precision in) {
        ConvolutionForm form = ConvolutionForm.direct(geometry, batch(value));
        if (form == null) {
            return false;
        }
        Value kernel = value.inputs().get(1);
        ContractionStep step = ContractionStep.backwardData(
                session,
                form,
                tensors.in(in, value.inputs().get(0)),
                tensors.at(kernel),
                BufferPlan.isParameter(kernel),
                result(value, in));
        return step != null && addBefore(after, value, step, step.executed(), in);
    }

    private boolean addCol2Im(Value value, Fusion.Following after, Geometry geometry, Precision in) {
        Value kernel = value.inputs().get(1);
        Col2ImStep step = Col2ImStep.of(
                session,
                geometry,
                batch(value),
                tensors.in(in, value.inputs().get(0)),
                tensors.at(kernel),
                BufferPlan.isParameter(kernel),
                result(value, in));
        return step != null && addBefore(after, value, step, step.executed(), in);
    }

    /** A step that leaves all that follows to others. */
    private boolean addBefore(Fusion.Following after, Value value, Step step, long executed, Precision in) {
        add(value, step, "", executed, in, value);
        if (after.bias() != null && after.rectify()) {
            // One pass over the result instead of two.
            Step both = elementwise.addBias(
                    value.shape(), tensors.stored(value), bias(after), tensors.stored(after.result()), true);
            if (both != null) {
                done.addAll(after.values());
                list.add(after.result(), both, "bias and rectifier in one pass");
            }
        }
        return true;
    }

    private boolean addKernelGradient(Value value, Geometry geometry, Precision in) {
        if (addWindowProduct(value, geometry, in) || addBlockedGradient(value, geometry, in)) {
            return true;
        }
        Value x = value.inputs().get(0);
        Value y = value.inputs().get(1);
        boolean withSums = waitsForSums(value, y);
        int batch = x.shape().size(0);
        ConvolutionForm direct = ConvolutionForm.direct(geometry, batch);
        ConvolutionForm flipped = ConvolutionForm.flipped(geometry, batch);
        Stored large = tensors.in(in, x);
        Stored small = tensors.in(in, y);
        Pointer kernel = tensors.at(value);
        ContractionStep step = direct == null
                ? null
                : ContractionStep.backwardWeights(
                        session, direct, large, small, kernel, withSums ? tensors.at(sumsToCome.get(value)) : null);
        if (flipped != null && (step == null || 2 * flipped.executed() < direct.executed())) {
            ContractionStep other = ContractionStep.backwardWeights(session, flipped, small, large, kernel, null);
            // With much padding oneDNN falls back to code for older CPUs.
            if (other != null && (step == null || other.implementation().equals(step.implementation()))) {
                step = other;
                withSums = false;
            }
        }
        return step != null && addGradient(value, step, step.executed(), withSums, in);
    }

    private boolean addBlockedGradient(Value value, Geometry geometry, Precision in) {
        OutputBlocks blocks = OutputBlocks.cheapestForGradient(geometry);
        if (blocks == null) {
            return false;
        }
        Value x = value.inputs().get(0);
        Value y = value.inputs().get(1);
        boolean withSums = !blocks.transposed() && waitsForSums(value, y);
        BlockedGradientStep step = BlockedGradientStep.of(
                session,
                blocks,
                x.shape().size(0),
                tensors.in(in, blocks.transposed() ? y : x),
                tensors.in(in, blocks.transposed() ? x : y),
                tensors.at(value),
                withSums ? tensors.at(sumsToCome.get(value)) : null);
        return step != null && addGradient(value, step, step.executed(), withSums, in);
    }

    private boolean addWindowProduct(Value value, Geometry geometry, Precision in) {
        Value x = value.inputs().get(0);
        Value y = value.inputs().get(1);
        WindowProductStep step = WindowProductStep.of(
                session, geometry, x.shape().size(0), tensors.in(in, x), tensors.in(in, y), tensors.at(value));
        return step != null && addGradient(value, step, step.executed(), false, in);
    }

    /** Whether the sums of a kernel's gradient's second input are wanted, too. */
    private boolean waitsForSums(Value kernelGradient, Value y) {
        Value sums = sumsToCome.get(kernelGradient);
        return sums != null && sums.inputs().get(0) == y;
    }

    private boolean addGradient(Value value, Step step, long executed, boolean withSums, Precision in) {
        list.addMove(tensors.load(in, value.inputs().get(1)));
        add(value, step, withSums ? ", with the bias' gradient" : "", executed, in, value);
        if (withSums) {
            sumsToCome.remove(value);
        }
        return true;
    }

    /** The sums of all positions of a tensor; false where oneDNN has no good code. */
    boolean addSums(Value sums) {
        Value of = sums.inputs().get(0);
        long columns = sums.shape().last();
        long rows = of.shape().elements() / columns;
        Step step = new Matrices(session).sumOfColumns(rows, columns, tensors.stored(of), tensors.at(sums));
        if (step == null) {
            return false;
        }
        list.add(sums, step, "oneDNN primitives");
        return true;
    }

    /** @param together what is computed with the value, in an explanation's words */
    private void add(Value value, Step step, String together, long executed, Precision in, Value result) {
        list.addMove(tensors.load(in, value.inputs().get(0)));
        list.add(value, step, "%s in vectors of %d%s".formatted(step, Library.lanes(), together), executed);
        if (in == Precision.FLOAT32) {
            list.addMove(tensors.store(in, result));
        }
    }

    /** Where a result is written: where it is kept, unless that is bfloat16 and floats are multiplied. */
    private Stored result(Value value, Precision in) {
        return in == Precision.FLOAT32 ? tensors.in(in, value) : tensors.stored(value);
    }

    private Pointer bias(Fusion.Following after) {
        return after.bias() == null ? null : tensors.at(after.bias());
    }

    private static int batch(Value value) {
        return value.inputs().get(0).shape().size(0);
    }
}
