package transconv.training;

import java.util.List;
import transconv.config.Config;
import transconv.ops.Ops;
import transconv.ops.Value;

/**
 * {@code 1 - 2 sum(t p) / (sum(t) + sum(p))} for targets and predictions in [0, 1]: 0 where they cover each other, 1
 * where they share nothing. Sums run over the whole batch. Source: Keras 3, {@code Dice}.
 *
 * <pre>{@code
 * DiceLoss loss = new DiceLoss().axis(1, 2, 3);
 * System.out.println(loss.axis() + " " + loss.mixesSamples()); // [1, 2, 3] false
 * }</pre>
 *
 * @param axis the axes of the sums, from 0, the batch axis, or from -1, the last, downwards; none stands for all
 */
public record DiceLoss(List<Integer> axis) implements Loss {

    public DiceLoss {
        axis = List.copyOf(axis);
    }

    /** With Keras' defaults. */
    public DiceLoss() {
        this(List.of());
    }

    static Loss from(Config config) {
        return config.has("axis") ? new DiceLoss().axis(config.integers("axis")) : new DiceLoss();
    }

    /** The same loss with sums over some axes, and the mean over the others; default all. */
    public DiceLoss axis(int... axis) {
        return new DiceLoss(OverlapAxes.list(axis));
    }

    @Override
    public boolean mixesSamples() {
        return OverlapAxes.haveBatch(axis);
    }

    @Override
    public Value lower(Value prediction, Value target) {
        Value t = LossOps.fitted(name(), prediction, target);
        int[] axes = OverlapAxes.of(name(), axis, prediction);
        Value both = Ops.affine(Ops.sum(Ops.multiply(t, prediction), axes), 2, 0);
        Value all = Ops.affine(Ops.add(Ops.sum(t, axes), Ops.sum(prediction, axes)), 1, LossOps.EPSILON);
        return OverlapAxes.ofSamples(LossOps.rest(Ops.divide(both, all)), prediction);
    }

    @Override
    public Config config() {
        return Loss.super.config().with("axis", OverlapAxes.written(axis));
    }
}
