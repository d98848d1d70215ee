package transconv.training;

/**
 * The learning rate as a function of how many steps an optimizer has made. Also a lambda is one. Source: Keras 3,
 * {@code keras.optimizers.schedules}, computed in double where Keras computes in float.
 *
 * <pre>{@code
 * LearningRateSchedule schedule = step -> step < 100 ? 0.1 : 0.01;
 * System.out.println(schedule.at(100)); // 0.01
 * }</pre>
 */
@FunctionalInterface
public interface LearningRateSchedule {

    /**
     * The learning rate of one step, finite and at least 0.
     *
     * @param step the number of steps made before it: 0 at the first
     */
    double at(long step);
}
