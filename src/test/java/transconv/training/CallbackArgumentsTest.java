package transconv.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The words in which wrong arguments of callbacks are refused, when they are set or when the run shows them. */
class CallbackArgumentsTest {

    private static final String INT = " must be at least 0; change it or leave it at its default";
    private static final String FINITE = " must be a finite number; change it or leave it at its default";
    private static final String FIELD = "; write {epoch:02d} for a field and {{ for a brace";
    private static final String FORMAT =
            ", whose format is not understood; use widths like 02d for whole numbers and .4f, .2e or .1% for others";

    static Stream<Arguments> refused() {
        return Stream.of(
                refused(
                        "EarlyStopping: monitor=  must name a log; give loss, val_loss or a metric",
                        () -> new EarlyStopping().monitor(" ")),
                refused(
                        "EarlyStopping: monitor=null must name a log; give loss, val_loss or a metric",
                        () -> new EarlyStopping().monitor(null)),
                refused(
                        "ReduceLROnPlateau: mode=null must be AUTO, MIN or MAX; leave it unset for AUTO",
                        () -> new ReduceLROnPlateau().mode(null)),
                refused(
                        "EarlyStopping: verbose=2 must be 0 (silent) or 1 (says what it does); leave it unset for 0",
                        () -> new EarlyStopping().verbose(2)),
                refused("EarlyStopping: patience=-1" + INT, () -> new EarlyStopping().patience(-1)),
                refused("EarlyStopping: startFromEpoch=-2" + INT, () -> new EarlyStopping().startFromEpoch(-2)),
                refused("EarlyStopping: minDelta=NaN" + FINITE, () -> new EarlyStopping().minDelta(Double.NaN)),
                refused("EarlyStopping: baseline=Infinity" + FINITE, () -> new EarlyStopping()
                        .baseline(Double.POSITIVE_INFINITY)),
                refused(
                        "ReduceLROnPlateau: factor=1.0 must be at least 0 and below 1; change it or leave it at its"
                                + " default",
                        () -> new ReduceLROnPlateau().factor(1)),
                refused("ReduceLROnPlateau: patience=-1" + INT, () -> new ReduceLROnPlateau().patience(-1)),
                refused("ReduceLROnPlateau: cooldown=-1" + INT, () -> new ReduceLROnPlateau().cooldown(-1)),
                refused("ReduceLROnPlateau: minDelta=Infinity" + FINITE, () -> new ReduceLROnPlateau()
                        .minDelta(Double.POSITIVE_INFINITY)),
                refused(
                        "ReduceLROnPlateau: minLr=-0.1 must be a finite number at least 0; change it or leave it at"
                                + " its default",
                        () -> new ReduceLROnPlateau().minLr(-0.1)),
                refused(
                        "LearningRateScheduler: schedule=null must be a function of epoch and rate; give (epoch, rate)"
                                + " -> rate * 0.9",
                        () -> new LearningRateScheduler(null)),
                refused(
                        "LearningRateScheduler: verbose=-1 must be 0 (silent) or 1 (says what it does); leave it unset"
                                + " for 0",
                        () -> new LearningRateScheduler((epoch, rate) -> rate).verbose(-1)),
                refused(
                        "ModelCheckpoint: saveFreq=0 must be at least 1 batch; leave it unset to save after each epoch",
                        () -> new ModelCheckpoint("m").saveFreq(0)),
                refused("ModelCheckpoint: initialValueThreshold=NaN" + FINITE, () -> new ModelCheckpoint("m")
                        .initialValueThreshold(Double.NaN)),
                refused(
                        "ModelCheckpoint: filepath= must name a file; give \"model-{epoch:02d}.tcm\" or the like",
                        () -> new ModelCheckpoint("")),
                refused(
                        "ModelCheckpoint: filepath=m-{epoch has a brace without its partner, or a field that is no"
                                + " name, at position 2" + FIELD,
                        () -> new ModelCheckpoint("m-{epoch")),
                refused(
                        "ModelCheckpoint: filepath=m-{} has a brace without its partner, or a field that is no name,"
                                + " at position 2" + FIELD,
                        () -> new ModelCheckpoint("m-{}")),
                refused(
                        "ModelCheckpoint: filepath=m-{epoch}} has a brace without its partner, or a field that is no"
                                + " name, at position 9" + FIELD,
                        () -> new ModelCheckpoint("m-{epoch}}")),
                refused(
                        "ModelCheckpoint: filepath=m-{epoch!r} has a brace without its partner, or a field that is no"
                                + " name, at position 2" + FIELD,
                        () -> new ModelCheckpoint("m-{epoch!r}")),
                refused(
                        "ModelCheckpoint: filepath=m-{loss:.4} has the field {loss:.4}" + FORMAT,
                        () -> new ModelCheckpoint("m-{loss:.4}")),
                refused(
                        "ModelCheckpoint: filepath=m-{loss:.4g} has the field {loss:.4g}" + FORMAT,
                        () -> new ModelCheckpoint("m-{loss:.4g}")),
                refused(
                        "ModelCheckpoint: filepath=m-{epoch:<4} has the field {epoch:<4}" + FORMAT,
                        () -> new ModelCheckpoint("m-{epoch:<4}")),
                refused(
                        "CSVLogger: filename=null must name a file; give \"run/log.csv\" or the like",
                        () -> new CSVLogger(null)),
                refused(
                        "CSVLogger: separator=\\n must be neither a quote nor a line's end; use , ; or \\t",
                        () -> new CSVLogger("log.csv").separator('\n')),
                refused(
                        "CSVLogger: separator=\" must be neither a quote nor a line's end; use , ; or \\t",
                        () -> new CSVLogger("log.csv").separator('"')));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void refuses(String message, Executable wrong) {
        assertEquals(
                message, assertThrows(IllegalArgumentException.class, wrong).getMessage());
    }

    static Stream<Arguments> refusedAtTheFirstEpochsEnd() {
        return Stream.of(
                failing(
                        new EarlyStopping().monitor("val_los").mode(MonitorMode.MIN),
                        "EarlyStopping: monitor=val_los is not among the logs [loss, val_loss]; monitor one of these"),
                failing(
                        new EarlyStopping()
                                .monitor("val_los")
                                .mode(MonitorMode.MIN)
                                .startFromEpoch(5),
                        "EarlyStopping: monitor=val_los is not among the logs [loss, val_loss]; monitor one of these"),
                failing(
                        new ReduceLROnPlateau().monitor("mse"),
                        "ReduceLROnPlateau: monitor=mse is not among the logs [loss, val_loss, learning_rate]; monitor"
                                + " one of these"),
                failing(
                        new ModelCheckpoint("m").monitor("accuracy").saveBestOnly(true),
                        "ModelCheckpoint: monitor=accuracy is not among the logs [loss, val_loss]; monitor one of"
                                + " these"),
                failing(
                        new ModelCheckpoint("m-{val_los:.4f}"),
                        "ModelCheckpoint: filepath=m-{val_los:.4f} has the field {val_los}, there are [epoch, loss,"
                                + " val_loss]; use one of these"),
                failing(
                        new ModelCheckpoint("m-{batch}"),
                        "ModelCheckpoint: filepath=m-{batch} has the field {batch}, there are [epoch, loss, val_loss];"
                                + " use one of these"),
                failing(
                        new ModelCheckpoint("m-{loss:02d}"),
                        "ModelCheckpoint: filepath=m-{loss:02d} formats {loss}, 1.0, as a whole number; write"
                                + " {loss:.4f} or the like"),
                failing(
                        new ModelCheckpoint("target"),
                        "ModelCheckpoint: filepath=target is an existing folder; give the name of a file"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("refusedAtTheFirstEpochsEnd")
    void failsAtTheFirstEpochsEnd(Callback callback, String message) {
        FakeProgress progress = new FakeProgress().log("loss", 1).log("val_loss", 2);
        callback.onTrainBegin(progress);
        callback.onEpochBegin(progress);
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> callback.onEpochEnd(progress))
                        .getMessage());
    }

    static Stream<Arguments> refusedAtTheBeginning() {
        String words = "%s: monitor=gain does not tell by its name whether less or more is better; set mode(MIN) or"
                + " mode(MAX)";
        Consumer<FakeProgress> scheduled =
                progress -> progress.model.optimizer = new Adam().learningRate(new CosineDecay(0.5, 10));
        String rate = "adam: learningRate=0.5 cannot be set beside a schedule, CosineDecay; leave out the schedule, or"
                + " what sets the rate";
        return Stream.of(
                Arguments.of(new EarlyStopping().monitor("gain"), words.formatted("EarlyStopping"), none()),
                Arguments.of(new ReduceLROnPlateau().monitor("gain"), words.formatted("ReduceLROnPlateau"), none()),
                Arguments.of(
                        new ModelCheckpoint("m").monitor("gain").saveBestOnly(true),
                        words.formatted("ModelCheckpoint"),
                        none()),
                Arguments.of(new ReduceLROnPlateau(), rate, scheduled),
                Arguments.of(new LearningRateScheduler((epoch, r) -> r), rate, scheduled));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("refusedAtTheBeginning")
    void failsAtTheBeginning(Callback callback, String message, Consumer<FakeProgress> change) {
        FakeProgress progress = new FakeProgress();
        change.accept(progress);
        assertEquals(
                message,
                assertThrows(RuntimeException.class, () -> callback.onTrainBegin(progress))
                        .getMessage());
    }

    private static Consumer<FakeProgress> none() {
        return progress -> {};
    }

    private static Arguments refused(String message, Executable wrong) {
        return Arguments.of(message, wrong);
    }

    private static Arguments failing(Callback callback, String message) {
        return Arguments.of(callback, message);
    }
}
