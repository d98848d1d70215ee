package transconv.engines.nd4j;

import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.same.Abs;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Exp;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Log;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Log1p;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Sigmoid;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;
import transconv.ops.LossFunction;

/** Losses and their slopes as ND4J operations. */
final class Nd4jLosses {

    /** Keras' {@code epsilon()}: probabilities are clipped to [EPSILON, 1 - EPSILON]. */
    private static final double EPSILON = 1e-7;

    private Nd4jLosses() {}

    /** The loss of each sample: the mean of its values' losses. */
    static Runnable loss(LossFunction function, INDArray prediction, INDArray target, INDArray out, Scratch scratch) {
        INDArray values = scratch.shared(2, prediction.length());
        INDArray p = prediction.reshape(prediction.length());
        INDArray t = target.reshape(target.length());
        INDArray work = values.getRow(0);
        INDArray more = values.getRow(1);
        long batch = prediction.size(0);
        long width = prediction.length() / batch;
        PreparedOp mean = PreparedOp.matrixProduct(
                work.reshape('c', batch, width),
                false,
                Nd4j.valueArrayOf(new long[] {width, 1}, 1.0 / width, DataType.FLOAT),
                false,
                out.reshape('c', batch, 1));
        Runnable each =
                switch (function) {
                    case MEAN_SQUARED_ERROR -> () -> {
                        p.subi(t, work);
                        work.muli(work);
                    };
                    case BINARY_CROSSENTROPY -> () -> binaryCrossentropy(p, t, work, more);
                    case BINARY_CROSSENTROPY_FROM_LOGITS -> () -> binaryCrossentropyFromLogits(p, t, work, more);
                };
        return () -> {
            each.run();
            mean.run();
        };
    }

    private static void binaryCrossentropy(INDArray p, INDArray t, INDArray work, INDArray more) {
        work.assign(p);
        Transforms.max(work, EPSILON, false);
        Transforms.min(work, 1 - EPSILON, false);
        work.rsubi(1, more);
        Nd4j.exec(new Log(work, work));
        Nd4j.exec(new Log(more, more));
        // t log p + (1 - t) log(1 - p), with the second term as log(1 - p) - t log(1 - p)
        work.subi(more);
        work.muli(t);
        work.addi(more);
        work.negi();
    }

    private static void binaryCrossentropyFromLogits(INDArray z, INDArray t, INDArray work, INDArray more) {
        Nd4j.exec(new Abs(z, work));
        work.negi();
        Nd4j.exec(new Exp(work, work));
        Nd4j.exec(new Log1p(work, work));
        more.assign(z);
        Transforms.max(more, 0, false);
        work.addi(more);
        z.muli(t, more);
        work.subi(more);
    }

    /** @param in prediction, target, and the gradient of each sample's loss */
    static Runnable gradient(LossFunction function, List<INDArray> in, INDArray out, Scratch scratch) {
        INDArray p = in.get(0);
        INDArray t = in.get(1);
        long batch = p.size(0);
        long width = p.length() / batch;
        INDArray rows = out.reshape('c', batch, width);
        INDArray upstream = in.get(2).reshape('c', batch, 1);
        INDArray work = scratch.shared(p.shape());
        Runnable slope =
                switch (function) {
                    case MEAN_SQUARED_ERROR -> () -> {
                        p.subi(t, out);
                        out.muli(2);
                    };
                    case BINARY_CROSSENTROPY -> () -> {
                        work.assign(p);
                        Transforms.max(work, EPSILON, false);
                        Transforms.min(work, 1 - EPSILON, false);
                        // no slope where the probability was clipped
                        p.eq(work).castTo(DataType.FLOAT).muli(p.sub(t), out);
                        out.divi(work);
                        work.rsubi(1);
                        out.divi(work);
                    };
                    case BINARY_CROSSENTROPY_FROM_LOGITS -> () -> {
                        Nd4j.exec(new Sigmoid(p, work));
                        work.subi(t, out);
                    };
                };
        return () -> {
            slope.run();
            rows.muliColumnVector(upstream);
            rows.divi(width);
        };
    }
}
