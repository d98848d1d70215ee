package transconv.engines.nd4j;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.scalar.RectifiedLinear;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Exp;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Sigmoid;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Tanh;
import org.nd4j.linalg.factory.Nd4j;
import transconv.ops.FusedActivation;

/** Activations and their slopes as ND4J operations. */
final class Nd4jActivations {

    private Nd4jActivations() {}

    static Runnable activate(FusedActivation function, INDArray x, INDArray out) {
        return switch (function) {
            case LINEAR -> () -> out.assign(x);
            case RELU -> () -> Nd4j.exec(new RectifiedLinear(x, out, 0));
            case SIGMOID -> () -> Nd4j.exec(new Sigmoid(x, out));
            case TANH -> () -> Nd4j.exec(new Tanh(x, out));
            case SOFTMAX -> softmax(rows(x), rows(out));
        };
    }

    private static Runnable softmax(INDArray x, INDArray out) {
        return () -> {
            out.assign(x);
            out.subiColumnVector(x.max(true, 1));
            Nd4j.exec(new Exp(out, out));
            out.diviColumnVector(out.sum(true, 1));
        };
    }

    /** The out array may be the gradient's own. */
    static Runnable gradient(FusedActivation function, INDArray y, INDArray gradient, INDArray out, Scratch scratch) {
        INDArray work = scratch.shared(y.shape());
        return switch (function) {
            case LINEAR -> () -> out.assign(gradient);
            case RELU -> PreparedOp.reluGradient(y, gradient, out);
            case SIGMOID -> () -> {
                y.rsubi(1, work);
                work.muli(y);
                gradient.muli(work, out);
            };
            case TANH -> () -> {
                y.muli(y, work);
                work.rsubi(1);
                gradient.muli(work, out);
            };
            case SOFTMAX -> () -> {
                gradient.muli(y, work);
                INDArray sums = rows(work).sum(true, 1);
                work.assign(gradient);
                rows(work).subiColumnVector(sums);
                y.muli(work, out);
            };
        };
    }

    private static INDArray rows(INDArray array) {
        return array.reshape('c', array.length() / array.size(-1), array.size(-1));
    }
}
