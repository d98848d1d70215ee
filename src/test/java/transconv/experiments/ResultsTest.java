package transconv.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import transconv.models.file.Json;

class ResultsTest {

    private static final Grid GRID =
            Grid.of().vary("words, \"quoted\"", "a,b", " c").vary("seed", 1, 2);

    private static Results results() {
        double[][] measured = {{0.1, 1}, {0.2, Double.NaN}, {0.00030000000000000003, 3}};
        Run[] runs = new Run[4];
        for (int i = 0; i < 4; i++) {
            Map<String, Double> measures = new LinkedHashMap<>();
            if (i < 3) {
                measures.put("loss", measured[i][0]);
                measures.put("line\nbreak", measured[i][1]);
            }
            Setting setting = GRID.settings().get(i);
            runs[i] = new Run(i + 1, setting, setting.whole("seed"), measures, i < 3 ? null : "<b>no</b>");
        }
        Origin origin = new Origin("words", "1.2.3+abc", "mine", "onednn", 0, GRID.parameters(), GRID.settings());
        return new Results(origin, List.of(runs));
    }

    @Test
    void csv() {
        assertEquals(
                """
                run,"words, ""quoted""\",seed,random_seed,engine,code_version,own_version,loss,"line
                break",failure
                1,"a,b",1,1,onednn,1.2.3+abc,mine,0.1,1.0,
                2,"a,b",2,2,onednn,1.2.3+abc,mine,0.2,NaN,
                3," c",1,1,onednn,1.2.3+abc,mine,3.0000000000000003E-4,3.0,
                4," c",2,2,onednn,1.2.3+abc,mine,,,<b>no</b>
                """
                        .replace("\n", "\r\n")
                        .replace("line\r\nbreak", "line\nbreak"),
                results().csv());
    }

    @Test
    void table() {
        assertEquals(
                """
                words: 4 runs, 1 failed
                words, "quoted"  seed  loss        line break  failure
                a,b              1     0.1000      1.0000
                a,b              2     0.2000      NaN
                 c               1     3.0000e-04  3.0000
                 c               2                             <b>no</b>""",
                results().toString());
        assertTrue(results().table().html().contains("&lt;b&gt;no&lt;/b&gt;"));
    }

    @Test
    void averages() {
        Averages averages = results().over("seed");
        // by hand: mean 0.15, deviation sqrt(2 * 0.05^2 / 1)
        assertEquals(0.15, averages.groups().get(0).mean("loss"), 1e-15);
        assertEquals(0.07071067811865475, averages.groups().get(0).deviation("loss"), 1e-15);
        assertEquals(
                """
                words: 4 runs, 1 failed, mean ± standard deviation over seed
                words, "quoted"  runs  loss             line break
                a,b              2     0.1500 ± 0.0707  NaN ± NaN
                 c               1     3.0000e-04       3.0000""",
                averages.toString());
    }

    @Test
    void best() {
        assertEquals(3, results().lowest("loss").number());
        assertEquals(2, results().highest("loss").number());
        assertEquals(3, results().highest("line\nbreak").number(), "NaN is not the best");
        assertEquals(
                "results: no measure 'accuracy'; there are [loss, line\nbreak]; 1 runs failed",
                assertThrows(IllegalArgumentException.class, () -> results().lowest("accuracy"))
                        .getMessage());
    }

    @Test
    void charts() {
        assertEquals(
                "loss by seed: words, \"quoted\"=a,b: 1 0.1, 2 0.2; words, \"quoted\"= c: 1 0.0003, 2 NaN",
                results().chart("seed", "loss", "words, \"quoted\"").altText());
        assertEquals(
                "loss by seed: loss: 1 0.05015, 2 0.2",
                results().chart("seed", "loss").altText());
        assertTrue(results().chart("seed", "loss", "words, \"quoted\"").png().length > 1000);
        assertEquals(
                "results: no parameter 'loss'; there are [words, \"quoted\", seed]",
                assertThrows(IllegalArgumentException.class, () -> results().chart("loss", "loss"))
                        .getMessage());
    }

    @Test
    void json(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("results.json");
        results().writeJson(file);
        Map<String, Object> read = Json.read(Files.readAllBytes(file));
        assertEquals("1.2.3+abc", read.get("code_version"));
        assertEquals("onednn", read.get("engine"));
        assertEquals(
                "[{run=1, setting={words, \"quoted\"=a,b, seed=1}, seed=1, measures={loss=0.1, line\nbreak=1.0},"
                        + " failure=null}, {run=2, setting={words, \"quoted\"=a,b, seed=2}, seed=2, measures={loss=0.2,"
                        + " line\nbreak=NaN}, failure=null}, {run=3, setting={words, \"quoted\"= c, seed=1}, seed=1,"
                        + " measures={loss=3.0000000000000003E-4, line\nbreak=3.0}, failure=null}, {run=4,"
                        + " setting={words, \"quoted\"= c, seed=2}, seed=2, measures={}, failure=<b>no</b>}]",
                read.get("runs").toString());
    }

    @Test
    void equalValuesHaveNoDeviation() {
        double[] tenths = {0.1215, 0.1215, 0.1215};
        assertEquals(0.1215, Averages.mean(tenths), 0);
        assertEquals(0, Averages.deviation(tenths), 0);
        assertEquals(Double.POSITIVE_INFINITY, Averages.mean(new double[] {Double.POSITIVE_INFINITY, 1}), 0);
    }
}
