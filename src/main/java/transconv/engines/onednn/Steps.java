package transconv.engines.onednn;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.ndarray.INDArray;
import transconv.engines.BufferPlan;
import transconv.engines.Explanation;
import transconv.engines.Fusion;
import transconv.engines.Precision;
import transconv.engines.nd4j.Contraction;
import transconv.engines.nd4j.Nd4jSteps;
import transconv.ops.ActivateGradient;
import transconv.ops.AddBias;
import transconv.ops.Binary;
import transconv.ops.Convolution;
import transconv.ops.Dot;
import transconv.ops.Fill;
import transconv.ops.FusedLoss;
import transconv.ops.Graph;
import transconv.ops.KernelGradient;
import transconv.ops.LossFunction;
import transconv.ops.LossGradient;
import transconv.ops.Op;
import transconv.ops.Reshape;
import transconv.ops.SumPositions;
import transconv.ops.TransposedConvolution;
import transconv.ops.Value;
import transconv.shape.Shape;

/**
 * The steps of a program: a primitive where oneDNN has a quick one, the nd4j engine's step elsewhere.
 */
final class Steps {

    private final Tensors tensors;
    private final StepList list;
    private final Session session;
    private final Nd4jSteps otherSteps;
    private final Elementwise elementwise;
    private final Contractions contractions;

    Steps(Graph graph, Precision precision, BufferPlan plan, Map<Value, INDArray> arrays, Session session) {
        this.session = session;
        Fusion fusion = new Fusion(graph, plan);
        tensors = new Tensors(arrays, new ValuePrecisions(graph, fusion, precision), session);
        list = new StepList(tensors);
        elementwise = new Elementwise(session);
        List<Value> order = graph.needed();
        otherSteps = new Nd4jSteps(order, tensors::floats);
        session.closeWith(otherSteps::close);
        contractions = new Contractions(session, fusion, tensors, list, precision);
        for (Value value : order) {
            if (value.op() != null && !(value.op() instanceof Reshape) && !contractions.isDone(value)) {
                add(value);
            }
        }
    }

    List<Step> list() {
        return list.steps();
    }

    Explanation explain() {
        return new Explanation(list.lines(), session.ownBytes() + otherSteps.workBytes());
    }

    private void add(Value value) {
        Op op = value.op();
        if (op instanceof Convolution
                || op instanceof TransposedConvolution
                || op instanceof KernelGradient
                || op instanceof SumPositions) {
            if (!contractions.add(value)) {
                addOther(value);
            }
            Value waiting = contractions.waiting(value);
            if (waiting != null && !contractions.addSums(waiting)) {
                addOther(waiting);
            }
        } else if (op instanceof ActivateGradient gradient) {
            addOr(
                    elementwise.activateGradient(
                            gradient.function(),
                            length(value),
                            tensors.stored(value.inputs().get(0)),
                            tensors.stored(value.inputs().get(1)),
                            tensors.stored(value)),
                    value);
        } else if (op instanceof AddBias) {
            Value x = value.inputs().get(0);
            Value bias = value.inputs().get(1);
            addOr(elementwise.addBias(value.shape(), tensors.stored(x), at(bias), tensors.stored(value), false), value);
        } else if (op instanceof FusedLoss loss) {
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
            list.add(value, () -> to.put(values), "copied");
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

    private void addOr(Step step, Value value) {
        if (step == null) {
            addOther(value);
        } else {
            list.add(value, step, "oneDNN primitives");
        }
    }

    private void addOther(Value value) {
        value.inputs().forEach(input -> list.addMove(tensors.load(Precision.FLOAT32, input)));
        Runnable step = otherSteps.step(value);
        if (step instanceof Contraction contraction) {
            list.add(value, step::run, "as the nd4j engine: " + contraction.algorithm(), contraction.executed());
        } else {
            list.add(value, step::run, "as the nd4j engine");
        }
        list.addMove(tensors.store(Precision.FLOAT32, value));
    }

    private static int length(Value value) {
        return value.shape().elements();
    }

    private Pointer input(Value value, int number) {
        return at(value.inputs().get(number));
    }

    private Pointer at(Value value) {
        return tensors.at(value);
    }
}
