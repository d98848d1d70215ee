package transconv.engines.onednn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.ndarray.INDArray;
import transconv.engines.BufferPlan;
import transconv.engines.Explanation;
import transconv.engines.nd4j.Contraction;
import transconv.engines.nd4j.Nd4jSteps;
import transconv.ops.Activate;
import transconv.ops.ActivateGradient;
import transconv.ops.AddBias;
import transconv.ops.Binary;
import transconv.ops.Convolution;
import transconv.ops.Dot;
import transconv.ops.Fill;
import transconv.ops.FusedActivation;
import transconv.ops.Graph;
import transconv.ops.KernelGradient;
import transconv.ops.Loss;
import transconv.ops.LossFunction;
import transconv.ops.LossGradient;
import transconv.ops.Op;
import transconv.ops.Reshape;
import transconv.ops.SumPositions;
import transconv.ops.TransposedConvolution;
import transconv.ops.Value;
import transconv.shape.Geometry;
import transconv.shape.Shape;

/**
 * The steps of a program: a primitive where oneDNN has a quick one, the nd4j engine's step elsewhere. A bias and a
 * rectifier that follow a convolution are computed with it; so is a bias' gradient with the kernel's.
 */
final class Steps {

    private final List<Step> list = new ArrayList<>();
    private final List<Explanation.Line> lines = new ArrayList<>();
    private final BufferPlan plan;
    private final Map<Value, INDArray> arrays;
    private final Session session;
    private final Nd4jSteps otherSteps;
    private final Elementwise elementwise;
    private final Map<Value, List<Value>> consumers = new HashMap<>();
    private final Set<Value> outputs;
    private final Set<Value> done = new HashSet<>();
    private final Map<Value, Value> sumsToCome = new HashMap<>();

    Steps(Graph graph, BufferPlan plan, Map<Value, INDArray> arrays, Session session, Nd4jSteps otherSteps) {
        this.plan = plan;
        this.arrays = arrays;
        this.session = session;
        this.otherSteps = otherSteps;
        elementwise = new Elementwise(session);
        outputs = graph.outputs();
        List<Value> order = graph.needed();
        for (Value value : order) {
            value.inputs().forEach(input -> consumers
                    .computeIfAbsent(input, first -> new ArrayList<>())
                    .add(value));
        }
        for (Value value : order) {
            if (value.op() != null && !(value.op() instanceof Reshape) && !done.contains(value)) {
                add(value);
            }
        }
    }

    List<Step> list() {
        return list;
    }

    Explanation explain() {
        return new Explanation(lines, session.ownBytes() + otherSteps.workBytes());
    }

    private void add(Value value) {
        Op op = value.op();
        if (op instanceof Convolution convolution) {
            addConvolution(value, convolution.geometry());
        } else if (op instanceof TransposedConvolution transposed) {
            addTransposed(value, transposed.geometry());
        } else if (op instanceof KernelGradient gradient) {
            addKernelGradient(value, gradient.geometry());
        } else if (op instanceof ActivateGradient gradient) {
            Value y = value.inputs().get(0);
            Value above = value.inputs().get(1);
            addOr(elementwise.activateGradient(gradient.function(), length(value), at(y), at(above), at(value)), value);
        } else if (op instanceof AddBias) {
            Value x = value.inputs().get(0);
            Value bias = value.inputs().get(1);
            addOr(elementwise.addBias(value.shape(), at(x), at(bias), at(value), false), value);
        } else if (op instanceof Loss loss) {
            addOr(loss(value, loss.function()), value);
        } else if (op instanceof LossGradient gradient) {
            addOr(lossGradient(value, gradient.function()), value);
        } else if (op instanceof Binary binary) {
            addOr(
                    elementwise.binary(binary.function(), length(value), input(value, 0), input(value, 1), at(value)),
                    value);
        } else if (op instanceof Dot) {
            long terms = value.inputs().get(0).shape().elements();
            addOr(new Matrices(session).dot(terms, input(value, 0), input(value, 1), at(value)), value);
        } else if (op instanceof Fill fill) {
            float[] values = new float[length(value)];
            Arrays.fill(values, (float) fill.value());
            FloatPointer to = new FloatPointer(at(value));
            addLine(value, "copied");
            list.add(() -> to.put(values));
        } else if (op instanceof SumPositions) {
            if (!waits(value)) {
                addSums(value);
            }
        } else {
            addOther(value);
        }
    }

    private Step loss(Value value, LossFunction function) {
        return switch (function) {
            case BINARY_CROSSENTROPY -> new Crossentropy(passes(value))
                    .loss(input(value, 0), input(value, 1), at(value));
            case BINARY_CROSSENTROPY_FROM_LOGITS -> new LogitCrossentropy(passes(value))
                    .loss(input(value, 0), input(value, 1), at(value));
            case MEAN_SQUARED_ERROR -> null;
        };
    }

    private Step lossGradient(Value value, LossFunction function) {
        return switch (function) {
            case BINARY_CROSSENTROPY -> new Crossentropy(passes(value))
                    .gradient(input(value, 0), input(value, 1), input(value, 2), at(value));
            case BINARY_CROSSENTROPY_FROM_LOGITS -> new LogitCrossentropy(passes(value))
                    .gradient(input(value, 0), input(value, 1), input(value, 2), at(value));
            case MEAN_SQUARED_ERROR -> null;
        };
    }

    private Passes passes(Value loss) {
        Shape prediction = loss.inputs().get(0).shape();
        return new Passes(session, prediction.size(0), prediction.elements() / prediction.size(0));
    }

    private void addSums(Value value) {
        long columns = value.shape().last();
        long rows = value.inputs().get(0).shape().elements() / columns;
        addOr(new Matrices(session).sumOfColumns(rows, columns, input(value, 0), at(value)), value);
    }

    private void addConvolution(Value value, Geometry geometry) {
        Following after = following(value);
        ConvolutionForm form = ConvolutionForm.direct(geometry, batch(value));
        if (!addBlocked(value, false, after, geometry) && !addForward(value, form, after)) {
            addOther(value);
        }
    }

    private void addTransposed(Value value, Geometry geometry) {
        Following after = following(value);
        if (addBlocked(value, true, after, geometry)
                || addForward(value, ConvolutionForm.flipped(geometry, batch(value)), after)) {
            return;
        }
        ConvolutionForm form = ConvolutionForm.direct(geometry, batch(value));
        Value y = value.inputs().get(0);
        Value kernel = value.inputs().get(1);
        ContractionStep step = form == null
                ? null
                : ContractionStep.backwardData(session, form, at(y), at(kernel), isParameter(kernel), at(value));
        if (step == null) {
            addOther(value);
            return;
        }
        add(value, step, "", step.executed());
        if (after.bias != null && after.rectify) {
            // One pass over the result instead of two.
            Step both = elementwise.addBias(value.shape(), at(value), at(after.bias), at(after.result), true);
            if (both != null) {
                done.addAll(after.values);
                addLine(after.result, "bias and rectifier in one pass");
                list.add(both);
            }
        }
    }

    private boolean addForward(Value value, ConvolutionForm form, Following after) {
        if (form == null) {
            return false;
        }
        Value kernel = value.inputs().get(1);
        ContractionStep step = ContractionStep.forward(
                session,
                form,
                at(value.inputs().get(0)),
                at(kernel),
                isParameter(kernel),
                at(after.result),
                after.bias == null ? null : at(after.bias),
                after.rectify);
        if (step == null) {
            return false;
        }
        done.addAll(after.values);
        add(value, step, after.words(), step.executed());
        return true;
    }

    private boolean addBlocked(Value value, boolean transposed, Following after, Geometry geometry) {
        OutputBlocks blocks = OutputBlocks.cheapest(geometry, transposed);
        if (blocks == null) {
            return false;
        }
        Value kernel = value.inputs().get(1);
        BlockedStep step = BlockedStep.of(
                session,
                blocks,
                batch(value),
                at(value.inputs().get(0)),
                at(kernel),
                isParameter(kernel),
                at(after.result),
                after.bias == null ? null : at(after.bias),
                after.rectify);
        if (step == null) {
            return false;
        }
        done.addAll(after.values);
        add(value, step, after.words(), step.executed());
        return true;
    }

    private void addKernelGradient(Value value, Geometry geometry) {
        Value x = value.inputs().get(0);
        Value y = value.inputs().get(1);
        Value sums = sumsToCome.remove(value);
        int batch = x.shape().size(0);
        ConvolutionForm direct = ConvolutionForm.direct(geometry, batch);
        ConvolutionForm flipped = ConvolutionForm.flipped(geometry, batch);
        boolean withSums = sums != null && sums.inputs().get(0) == y;
        ContractionStep step = direct == null
                ? null
                : ContractionStep.backwardWeights(session, direct, at(x), at(y), at(value), withSums ? at(sums) : null);
        if (flipped != null && (step == null || 2 * flipped.executed() < direct.executed())) {
            ContractionStep other = ContractionStep.backwardWeights(session, flipped, at(y), at(x), at(value), null);
            // With much padding oneDNN falls back to code for older CPUs.
            if (other != null && (step == null || other.implementation().equals(step.implementation()))) {
                step = other;
                withSums = false;
            }
        }
        if (step == null) {
            addOther(value);
        } else {
            add(value, step, withSums ? ", with the bias' gradient" : "", step.executed());
        }
        if (sums != null && (step == null || !withSums)) {
            addSums(sums);
        }
    }

    /**
     * A bias' gradient can wait for the kernel's, which needs the same values: as an output that nothing is computed
     * from, its buffer is its own from here on.
     */
    private boolean waits(Value sums) {
        Value gradient = sums.inputs().get(0);
        Value kernel = consumers.get(gradient).stream()
                .filter(value -> value.op() instanceof KernelGradient && value.id() > sums.id())
                .findFirst()
                .orElse(null);
        if (kernel == null
                || !outputs.contains(sums)
                || consumers.containsKey(sums)
                || sumsToCome.containsKey(kernel)) {
            return false;
        }
        sumsToCome.put(kernel, sums);
        return true;
    }

    private void add(Value value, Step step, String together, long executed) {
        String how = "%s in vectors of %d%s".formatted(step, Library.lanes(), together);
        lines.add(Explanation.Line.of(value, how, executed, Float.BYTES));
        list.add(step);
    }

    private void addOr(Step step, Value value) {
        if (step == null) {
            addOther(value);
        } else {
            addLine(value, "oneDNN primitives");
            list.add(step);
        }
    }

    private void addOther(Value value) {
        Runnable step = otherSteps.step(value);
        if (step instanceof Contraction contraction) {
            String how = "as the nd4j engine: " + contraction.algorithm();
            lines.add(Explanation.Line.of(value, how, contraction.executed(), Float.BYTES));
        } else {
            addLine(value, "as the nd4j engine");
        }
        list.add(step::run);
    }

    private void addLine(Value value, String what) {
        lines.add(Explanation.Line.of(value, what, Float.BYTES));
    }

    /** What is computed together with a convolution. */
    private record Following(Value result, Value bias, boolean rectify, List<Value> values) {

        String words() {
            return Explanation.together(bias != null, rectify);
        }
    }

    private Following following(Value value) {
        Value result = value;
        Value bias = null;
        boolean rectify = false;
        List<Value> values = new ArrayList<>();
        Value next = next(result);
        if (next != null && next.op() instanceof AddBias && next.inputs().get(0) == result && isThere(next, value)) {
            bias = next.inputs().get(1);
            result = next;
            values.add(next);
            next = next(result);
        }
        if (next != null && next.op() instanceof Activate activate && activate.function() == FusedActivation.RELU) {
            rectify = true;
            result = next;
            values.add(next);
        }
        return new Following(result, bias, rectify, values);
    }

    /** Whether a bias is known when the convolution runs; one may be computed from the convolution itself. */
    private static boolean isThere(Value addBias, Value convolution) {
        Value bias = BufferPlan.storage(addBias.inputs().get(1));
        return bias.op() == null || bias.id() < convolution.id();
    }

    /** The only value computed from another, where it is written over it, so that nothing else can stand there. */
    private Value next(Value value) {
        List<Value> next = consumers.getOrDefault(value, List.of());
        boolean alone = next.size() == 1 && !outputs.contains(value);
        return alone && plan.buffer(next.get(0)) == plan.buffer(value) ? next.get(0) : null;
    }

    private static boolean isParameter(Value value) {
        return BufferPlan.storage(value).parameter() != null;
    }

    private static int batch(Value value) {
        return value.inputs().get(0).shape().size(0);
    }

    private static int length(Value value) {
        return value.shape().elements();
    }

    private Pointer input(Value value, int number) {
        return at(value.inputs().get(number));
    }

    private Pointer at(Value value) {
        return arrays.get(value).data().addressPointer();
    }
}
