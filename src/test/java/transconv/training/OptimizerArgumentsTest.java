package transconv.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.factory.Nd4j;
import transconv.ops.Parameter;

/** The words in which wrong arguments are refused. */
class OptimizerArgumentsTest {

    private static final String ABOVE = " must be a finite number above 0; change it or leave it at its default";
    private static final String AT_LEAST = " must be a finite number at least 0; change it or leave it at its default";
    private static final String SHARE = " must be at least 0 and below 1; change it or leave it at its default";
    private static final String SHARE_OR_ONE =
            " must be at least 0 and at most 1; change it or leave it at its default";
    private static final String ONE_KIND = "; set only one of clipnorm, clipvalue and globalClipnorm";

    static Stream<Arguments> refused() {
        return Stream.of(
                refused("sgd: learningRate=0.0" + ABOVE, () -> new SGD().learningRate(0)),
                refused("sgd: momentum=1.5" + SHARE_OR_ONE, () -> new SGD().momentum(1.5)),
                refused("sgd: momentum=-0.1" + SHARE_OR_ONE, () -> new SGD().momentum(-0.1)),
                refused("rmsprop: learningRate=NaN" + ABOVE, () -> new RMSprop().learningRate(Double.NaN)),
                refused("rmsprop: rho=1.1" + SHARE_OR_ONE, () -> new RMSprop().rho(1.1)),
                refused("rmsprop: momentum=2.0" + SHARE_OR_ONE, () -> new RMSprop().momentum(2)),
                refused("rmsprop: epsilon=0.0" + ABOVE, () -> new RMSprop().epsilon(0)),
                refused("adagrad: initialAccumulatorValue=-0.1" + AT_LEAST, () -> new Adagrad()
                        .initialAccumulatorValue(-0.1)),
                refused("adagrad: epsilon=-1.0" + ABOVE, () -> new Adagrad().epsilon(-1)),
                refused("adadelta: rho=-0.5" + SHARE_OR_ONE, () -> new Adadelta().rho(-0.5)),
                refused("adadelta: epsilon=0.0" + ABOVE, () -> new Adadelta().epsilon(0)),
                refused("adam: learningRate=Infinity" + ABOVE, () -> new Adam().learningRate(Double.POSITIVE_INFINITY)),
                refused("adam: beta1=1.0" + SHARE, () -> new Adam().beta1(1)),
                refused("adamw: beta2=-0.1" + SHARE, () -> new AdamW().beta2(-0.1)),
                refused("adamw: weightDecay=-0.1" + AT_LEAST, () -> new AdamW().weightDecay(-0.1)),
                refused("adamax: epsilon=NaN" + ABOVE, () -> new Adamax().epsilon(Double.NaN)),
                refused("nadam: clipnorm=0.0" + ABOVE, () -> new Nadam().clipnorm(0)),
                refused("nadam: clipvalue=-1.0" + ABOVE, () -> new Nadam().clipvalue(-1)),
                refused("nadam: globalClipnorm=NaN" + ABOVE, () -> new Nadam().globalClipnorm(Double.NaN)),
                refused(
                        "adam: clipvalue=0.5 beside clipnorm=1.0" + ONE_KIND,
                        () -> new Adam().clipnorm(1).clipvalue(0.5)),
                refused(
                        "adam: globalClipnorm=2.0 beside clipvalue=0.5" + ONE_KIND,
                        () -> new Adam().clipvalue(0.5).globalClipnorm(2)),
                refused(
                        "adam: clipnorm=1.0 beside globalClipnorm=2.0" + ONE_KIND,
                        () -> new Adam().globalClipnorm(2).clipnorm(1)),
                refused(
                        "ftrl: learningRatePower=0.5 must be a finite number at most 0; 0 keeps the learning rate"
                                + " fixed",
                        () -> new Ftrl().learningRatePower(0.5)),
                refused("ftrl: initialAccumulatorValue=-1.0" + AT_LEAST, () -> new Ftrl().initialAccumulatorValue(-1)),
                refused("ftrl: l1RegularizationStrength=-1.0" + AT_LEAST, () -> new Ftrl()
                        .l1RegularizationStrength(-1)),
                refused("ftrl: l2RegularizationStrength=-1.0" + AT_LEAST, () -> new Ftrl()
                        .l2RegularizationStrength(-1)),
                refused("ftrl: l2ShrinkageRegularizationStrength=-1.0" + AT_LEAST, () -> new Ftrl()
                        .l2ShrinkageRegularizationStrength(-1)),
                refused("ftrl: beta=-1.0" + AT_LEAST, () -> new Ftrl().beta(-1)),
                refused(
                        "adam: learningRate=null must be a number or a schedule; leave it unset for the default",
                        () -> new Adam().learningRate(null)),
                refused(
                        "optimizer 'adamm' is not known; choose one of [adadelta, adagrad, adam, adamax, adamw, ftrl,"
                                + " nadam, rmsprop, sgd]",
                        () -> Optimizer.named("adamm")),
                refused("ExponentialDecay: initialLearningRate=-0.1" + AT_LEAST, () -> new ExponentialDecay(-0.1, 10)),
                refused(
                        "ExponentialDecay: decaySteps=0 must be above 0; give the number of steps that the decay takes",
                        () -> new ExponentialDecay(0.1, 0)),
                refused("ExponentialDecay: decayRate=0.0" + ABOVE, () -> new ExponentialDecay(0.1, 10).decayRate(0)),
                refused("InverseTimeDecay: decayRate=-0.5" + AT_LEAST, () -> new InverseTimeDecay(0.1, 10)
                        .decayRate(-0.5)),
                refused("PolynomialDecay: endLearningRate=-0.5" + AT_LEAST, () -> new PolynomialDecay(0.1, 10)
                        .endLearningRate(-0.5)),
                refused("PolynomialDecay: power=0.0" + ABOVE, () -> new PolynomialDecay(0.1, 10).power(0)),
                refused("CosineDecay: alpha=-0.5" + AT_LEAST, () -> new CosineDecay(0.1, 10).alpha(-0.5)),
                refused("CosineDecay: warmupTarget=NaN" + AT_LEAST, () -> new CosineDecay(0.1, 10)
                        .warmupTarget(Double.NaN)),
                refused(
                        "CosineDecay: warmupSteps=-1 must be at least 0; leave it unset for none",
                        () -> new CosineDecay(0.1, 10).warmupSteps(-1)),
                refused(
                        "CosineDecayRestarts: firstDecaySteps=-5 must be above 0; give the number of steps that the"
                                + " decay takes",
                        () -> new CosineDecayRestarts(0.1, -5)),
                refused(
                        "CosineDecayRestarts: tMul=0.5 must be a finite number at least 1; 1 gives waves of the same"
                                + " length",
                        () -> new CosineDecayRestarts(0.1, 10).tMul(0.5)),
                refused("CosineDecayRestarts: mMul=0.0" + ABOVE, () -> new CosineDecayRestarts(0.1, 10).mMul(0)),
                refused("CosineDecayRestarts: alpha=-0.5" + AT_LEAST, () -> new CosineDecayRestarts(0.1, 10)
                        .alpha(-0.5)),
                refused(
                        "PiecewiseConstantDecay: boundaries=[5] and values=[0.1] must be one or more steps and one"
                                + " rate more than steps; add or remove a rate",
                        () -> new PiecewiseConstantDecay(new long[] {5}, new double[] {0.1})),
                refused(
                        "PiecewiseConstantDecay: boundaries=[5, 5] must increase; put 5 before 5 or leave one out",
                        () -> new PiecewiseConstantDecay(new long[] {5, 5}, new double[] {0.3, 0.2, 0.1})),
                refused(
                        "PiecewiseConstantDecay: values[1]=-0.1" + AT_LEAST,
                        () -> new PiecewiseConstantDecay(new long[] {5}, new double[] {0.3, -0.1})));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void isRefused(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }

    static Stream<Arguments> untimely() {
        return Stream.of(
                refused(
                        "ExponentialDecay: decayRate is not set; add .decayRate(0.96) or the rate you want",
                        () -> new Adam().learningRate(new ExponentialDecay(0.1, 10))),
                refused(
                        "InverseTimeDecay: decayRate is not set; add .decayRate(0.96) or the rate you want",
                        () -> new Adam().learningRate(new InverseTimeDecay(0.1, 10))),
                refused(
                        "CosineDecay: warmupSteps=5 needs a warmupTarget; set it, or leave warmupSteps unset",
                        () -> new Adam().learningRate(new CosineDecay(0.1, 10).warmupSteps(5))),
                refused(
                        "adam: the schedule's learningRate=-1.0 at step 0 must be a finite number at least 0; change"
                                + " the schedule",
                        () -> new Adam().learningRate(step -> -1)),
                refused(
                        "adagrad: initialAccumulatorValue=0.5 after 1 steps, where it has no effect; "
                                + "set it before the first, on a new optimizer",
                        () -> stepped(new Adagrad()).initialAccumulatorValue(0.5)),
                refused(
                        "ftrl: learningRate=0.0 at step 0 must be above 0, since Ftrl divides by it; start the"
                                + " schedule above 0",
                        () -> stepped(new Ftrl()
                                .learningRate(
                                        new CosineDecay(0, 10).warmupTarget(1).warmupSteps(5)))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("untimely")
    void isRefusedAtItsTime(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalStateException.class, call).getMessage());
    }

    @Test
    void oneKindOfClippingMayBeSetAnew() {
        assertEquals("adam", new Adam().clipnorm(1).clipnorm(2).name());
    }

    private static Arguments refused(String message, Executable call) {
        return Arguments.of(message, call);
    }

    private static <T extends BaseOptimizer<T>> T stepped(T optimizer) {
        optimizer.step(List.of(new Parameter("w", Nd4j.createFromArray(1f))), List.of(Nd4j.createFromArray(1f)));
        return optimizer;
    }
}
