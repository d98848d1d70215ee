package transconv.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import transconv.engines.Cores;
import transconv.engines.Engines;
import transconv.layers.RandomSeed;

@Timeout(60)
class ExperimentTest {

    private static final Grid GRID = Grid.of().vary("kernel", 2, 3, 4).vary("seed", 1, 2);

    @TempDir
    Path folder;

    private static Measures drawn(Setting setting) {
        return Measures.of("loss", setting.integer("kernel") + RandomSeed.next() * 0x1p-64);
    }

    private Experiment experiment(Experiment.Work work) {
        return Experiment.of("test", work).grid(GRID).folder(folder).listener(ExperimentListener.SILENT);
    }

    /** Every file's content by its path. */
    static Map<String, String> files(Path folder) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                files.put(folder.relativize(path).toString(), Files.readString(path));
            }
        }
        return files;
    }

    @Test
    void runsComeInTheOrderOfTheGridWithTheirSeeds() {
        Results results = experiment(ExperimentTest::drawn).run();
        assertEquals(
                List.of(1L, 2L, 1L, 2L, 1L, 2L),
                results.runs().stream().map(Run::seed).toList());
        assertEquals(GRID.settings(), results.runs().stream().map(Run::setting).toList());
        assertEquals(List.of(), results.missing());
        double first = results.runs().get(0).measures().get("loss");
        double other = results.runs().get(1).measures().get("loss");
        double sameSeed = results.runs().get(2).measures().get("loss");
        assertTrue(first != other, "each seed draws its own numbers");
        assertEquals(first + 1, sameSeed, 1e-12);
    }

    @Test
    void severalAtOnceFindTheSameFiles(@TempDir Path other) throws IOException {
        experiment(ExperimentTest::drawn).run();
        Origin origin = new Origin("test", CodeVersion.current(), "", engine(), 0, GRID.parameters(), GRID.settings());
        CountDownLatch met = new CountDownLatch(3);
        // more at once than this machine may have cores, the first ones last
        Results results = new Execution(
                        origin,
                        setting -> {
                            met.countDown();
                            met.await();
                            Thread.sleep(10L * (5 - setting.integer("kernel")));
                            assertEquals(Math.max(1, Cores.all() / 3), Cores.available());
                            return drawn(setting);
                        },
                        RunFolder.open(other, origin),
                        3,
                        ExperimentListener.SILENT)
                .run();
        results.writeCsv(other.resolve("results.csv"));
        results.writeJson(other.resolve("results.json"));
        assertEquals(files(folder), files(other));
    }

    private static String engine() {
        return Engines.current().name();
    }

    @Test
    void whatFollowsAnErrorGoesOnWhereItStopped(@TempDir Path other) throws IOException {
        Experiment stopped = experiment(setting -> {
            if (setting.integer("kernel") == 3) {
                throw new OutOfMemoryError("made up");
            }
            return drawn(setting);
        });
        assertThrows(OutOfMemoryError.class, stopped::run);
        assertEquals(3, files(folder).size(), "two runs and what the experiment is");
        List<Setting> made = new ArrayList<>();
        experiment(setting -> {
                    made.add(setting);
                    return drawn(setting);
                })
                .run();
        assertEquals(GRID.settings().subList(2, 6), made);
        experiment(ExperimentTest::drawn).folder(other).run();
        assertEquals(files(other), files(folder));
    }

    @Test
    void anInterruptDropsTheHalfDoneRunAndKeepsTheFlag() {
        AtomicInteger count = new AtomicInteger();
        Thread caller = Thread.currentThread();
        Results results = experiment(setting -> {
                    if (count.incrementAndGet() == 3) {
                        caller.interrupt();
                        while (!Thread.currentThread().isInterrupted()) {
                            Thread.onSpinWait();
                        }
                        // as fit does: it returns, with what half a training gives
                    }
                    return drawn(setting);
                })
                .run();
        assertTrue(Thread.interrupted());
        assertEquals(2, results.runs().size());
        assertEquals(GRID.settings().subList(2, 6), results.missing());
        assertEquals(6, experiment(ExperimentTest::drawn).run().runs().size());
    }

    @Test
    void aFailedRunIsKeptAndTriedAgain(@TempDir Path other) throws IOException {
        Results results = experiment(setting -> {
                    if (setting.integer("kernel") == 3) {
                        throw new IOException("no \"data\", here");
                    }
                    return drawn(setting);
                })
                .run();
        assertEquals(6, results.runs().size());
        assertEquals(2, results.failed().size());
        assertEquals(
                "java.io.IOException: no \"data\", here",
                results.failed().get(0).failure());
        assertTrue(results.csv().contains(",\"java.io.IOException: no \"\"data\"\", here\"\r\n"), results.csv());
        Results again = experiment(ExperimentTest::drawn).run();
        assertEquals(List.of(), again.failed());
        experiment(ExperimentTest::drawn).folder(other).run();
        assertEquals(files(other), files(folder));
    }

    @Test
    void measuresWithTheNameOfAParameterFail() {
        Results results = experiment(setting -> Measures.of("kernel", 1)).run();
        assertEquals(
                "java.lang.IllegalArgumentException: measures [kernel] have the names of parameters; give them others",
                results.runs().get(0).failure());
    }

    @Test
    void aFolderOfAnotherExperimentIsRefused() {
        experiment(ExperimentTest::drawn).run();
        refused(
                experiment(ExperimentTest::drawn)
                        .grid(Grid.of().vary("kernel", 2, 3).vary("seed", 1, 2)),
                "parameters is {kernel=[2, 3, 4], seed=[1, 2]} in the folder, but {kernel=[2, 3], seed=[1, 2]} here");
        refused(
                experiment(ExperimentTest::drawn).grid(GRID.exclude(setting -> setting.integer("kernel") == 2)),
                "settings is [[2, 1], [2, 2], [3, 1], [3, 2], [4, 1], [4, 2]] in the folder");
        refused(experiment(ExperimentTest::drawn).version("2"), "own_version is '' in the folder, but '2' here");
        refused(experiment(ExperimentTest::drawn).seed(7), "seed is 0 in the folder, but 7 here");
    }

    private void refused(Experiment experiment, String what) {
        String message =
                assertThrows(ExperimentFolderException.class, experiment::run).getMessage();
        assertTrue(message.startsWith(folder.resolve("experiment.json") + ": " + what), message);
        assertTrue(message.endsWith("take another folder, or delete this one to make all runs anew"), message);
    }

    @Test
    void anotherCodeVersionIsRefused() {
        Origin old = new Origin("test", "0.0.9", "", engine(), 0, GRID.parameters(), GRID.settings());
        RunFolder.open(folder, old);
        refused(
                experiment(ExperimentTest::drawn),
                "code_version is '0.0.9' in the folder, but '%s' here".formatted(CodeVersion.current()));
    }

    @Test
    void aDamagedRunIsRefusedByName() throws IOException {
        experiment(ExperimentTest::drawn).run();
        Path file = folder.resolve("runs").resolve("0003.json");
        String whole = Files.readString(file);
        List<String> damaged = new ArrayList<>();
        for (int length = 0; length < whole.stripTrailing().length(); length += 7) {
            damaged.add(whole.substring(0, length));
        }
        damaged.add(whole.replaceFirst("\"loss\" : (-?\\d)\\.", "\"loss\" : 1$1."));
        damaged.add(whole.replace("\"kernel\" : 3", "\"kernel\" : 4"));
        damaged.add(whole + "{}");
        damaged.add(Files.readString(folder.resolve("runs").resolve("0004.json")));
        for (String text : damaged) {
            Files.writeString(file, text);
            String message = assertThrows(ExperimentFolderException.class, experiment(ExperimentTest::drawn)::run, text)
                    .getMessage();
            assertTrue(message.startsWith(file + ": "), message);
            assertTrue(message.endsWith("delete this file, and the run is made again"), message);
        }
        Files.delete(file);
        experiment(ExperimentTest::drawn).run();
        assertEquals(whole, Files.readString(file));
    }

    @Test
    void everyNumberComesBackTheSame() {
        List<Double> numbers = List.of(
                0.1 + 0.2,
                -0.0,
                Double.MIN_VALUE,
                Double.MAX_VALUE,
                Math.PI * 1e-200,
                2e23,
                Double.NaN,
                Double.NEGATIVE_INFINITY,
                3.0);
        Grid grid = Grid.of().vary("i", 0, 1, 2, 3, 4, 5, 6, 7, 8);
        List<Boolean> made = Collections.synchronizedList(new ArrayList<>());
        for (int time = 0; time < 2; time++) {
            Results results = experiment(setting -> {
                        made.add(true);
                        return Measures.of("x", numbers.get(setting.integer("i")));
                    })
                    .grid(grid)
                    .run();
            assertEquals(
                    numbers,
                    results.runs().stream().map(run -> run.measures().get("x")).toList());
            List<Double> fromCsv = results.csv()
                    .lines()
                    .skip(1)
                    .map(line -> Double.valueOf(line.split(",", -1)[6]))
                    .toList();
            assertEquals(numbers, fromCsv);
        }
        assertEquals(9, made.size(), "the second time, all were read");
    }
}
