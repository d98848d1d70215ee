package transconv;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Rooms depend on each other in one direction only; each knows the rooms and libraries named here and no others. */
class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("transconv");

    private static final String ND4J = "org.nd4j..";
    private static final String JAVACPP = "org.bytedeco..";

    /** Beside itself and the JDK, what a room may use. */
    private static final Map<String, List<String>> MAY_USE = Map.ofEntries(
            Map.entry("transconv.shape", List.of()),
            Map.entry("transconv.config", List.of()),
            Map.entry("transconv.reference", List.of()),
            Map.entry("transconv.ops", List.of("transconv.shape", ND4J)),
            Map.entry(
                    "transconv.engines",
                    List.of(
                            "transconv.engines.reference",
                            "transconv.engines.nd4j",
                            "transconv.engines.vector",
                            "transconv.engines.onednn",
                            "transconv.ops",
                            "transconv.shape",
                            ND4J)),
            Map.entry(
                    "transconv.engines.reference",
                    List.of("transconv.engines", "transconv.reference", "transconv.ops", "transconv.shape", ND4J)),
            Map.entry(
                    "transconv.engines.nd4j",
                    List.of("transconv.engines", "transconv.ops", "transconv.shape", ND4J, JAVACPP)),
            Map.entry(
                    "transconv.engines.onednn",
                    List.of(
                            "transconv.engines",
                            "transconv.engines.nd4j",
                            "transconv.ops",
                            "transconv.shape",
                            ND4J,
                            JAVACPP)),
            Map.entry(
                    "transconv.engines.vector",
                    List.of(
                            "transconv.engines",
                            "transconv.ops",
                            "transconv.shape",
                            "jdk.incubator.vector..",
                            ND4J,
                            JAVACPP)),
            Map.entry("transconv.layers", List.of("transconv.config", "transconv.ops", "transconv.shape", ND4J)),
            Map.entry(
                    "transconv.training",
                    List.of(
                            "transconv.config",
                            "transconv.engines",
                            "transconv.ops",
                            "transconv.shape",
                            ND4J,
                            JAVACPP)),
            Map.entry("transconv.training.metrics", List.of("transconv.config", "transconv.shape", ND4J)),
            Map.entry(
                    "transconv.models",
                    List.of(
                            "transconv.config",
                            "transconv.layers",
                            "transconv.models.code",
                            "transconv.models.file",
                            "transconv.training",
                            "transconv.training.metrics",
                            "transconv.engines",
                            "transconv.ops",
                            "transconv.shape",
                            ND4J)),
            Map.entry(
                    "transconv.models.code",
                    List.of(
                            "transconv.config",
                            "transconv.layers",
                            "transconv.training",
                            "transconv.training.metrics",
                            "transconv.ops",
                            "transconv.shape")),
            Map.entry("transconv.models.file", List.of("transconv.config", "com.fasterxml.jackson..", ND4J)),
            Map.entry(
                    "transconv.interop.onnx",
                    List.of(
                            "transconv.config",
                            "transconv.layers",
                            "transconv.models",
                            "transconv.models.file",
                            "transconv.ops",
                            "transconv.shape",
                            "ai.onnx.proto..",
                            "com.google.protobuf..",
                            ND4J)),
            Map.entry("transconv.datasets", List.of(ND4J, JAVACPP)),
            Map.entry("transconv.measures", List.of("transconv.shape", "org.apache.commons.math3..", ND4J)),
            Map.entry(
                    "transconv.experiments",
                    // Of layers the source of chance, of explain the table, of models.file the whole file and JSON.
                    List.of(
                            "transconv.config",
                            "transconv.engines",
                            "transconv.explain",
                            "transconv.layers",
                            "transconv.models.file",
                            "transconv.plots")),
            Map.entry(
                    "transconv.explain",
                    // The engines, since they are raced against each other; none of them knows that it is watched.
                    List.of(
                            "transconv.engines",
                            "transconv.reference",
                            "transconv.shape",
                            "transconv.models",
                            "transconv.layers",
                            "transconv.ops",
                            "transconv.config",
                            "org.w3c.dom..",
                            ND4J)),
            Map.entry("transconv.interop.arrays", List.of("transconv.models.file", ND4J, JAVACPP)),
            Map.entry(
                    "transconv.interop.keras",
                    List.of(
                            "transconv.config",
                            "transconv.layers",
                            "transconv.models",
                            "transconv.models.file",
                            "transconv.ops",
                            "transconv.shape",
                            "transconv.training",
                            "transconv.training.metrics",
                            "io.jhdf..",
                            ND4J)),
            Map.entry("transconv.interop.images", List.of("transconv.interop.arrays", ND4J)),
            Map.entry("transconv.interop.numpy", List.of("transconv.interop.arrays", ND4J)),
            Map.entry(
                    "transconv.interop.pytorch",
                    List.of(
                            "transconv.layers",
                            "transconv.models",
                            "transconv.models.code",
                            "transconv.ops",
                            "transconv.shape",
                            "transconv.config",
                            ND4J)),
            Map.entry(
                    "transconv.interop.safetensors",
                    List.of("transconv.interop.arrays", "com.fasterxml.jackson.core..", ND4J)),
            Map.entry("transconv.interop.tribuo", List.of("org.tribuo..", "com.oracle.labs.mlrg.olcut..", ND4J)),
            Map.entry("transconv.plots", List.of("transconv.training", "org.knowm.xchart..", ND4J)));

    private static final Set<String> MAY_USE_ALL = Set.of("transconv.notebook");

    @TestFactory
    Stream<DynamicTest> arrowsDoNotTurnBack() {
        return MAY_USE.entrySet().stream()
                .map(room -> DynamicTest.dynamicTest(room.getKey(), () -> {
                    List<String> allowed = new ArrayList<>(room.getValue());
                    allowed.addAll(List.of(room.getKey(), "java..", "javax.."));
                    classes()
                            .that()
                            .resideInAPackage(room.getKey())
                            .should()
                            .onlyDependOnClassesThat(resideInAnyPackage(allowed.toArray(String[]::new)))
                            .check(CLASSES);
                }));
    }

    @Test
    void everyRoomHasItsRule() {
        Set<String> rooms = CLASSES.stream().map(type -> type.getPackageName()).collect(Collectors.toSet());
        assertEquals(
                Set.of(),
                rooms.stream()
                        .filter(room -> !MAY_USE.containsKey(room) && !MAY_USE_ALL.contains(room))
                        .collect(Collectors.toSet()));
        assertTrue(rooms.containsAll(MAY_USE.keySet()), "a rule for a room that is not there");
    }

    /** Of ND4J, ops know the tensor and how to make none: they compute nothing. */
    @Test
    void opsKnowOnlyTheTensorOfNd4j() {
        noClasses()
                .that()
                .resideInAPackage("transconv.ops")
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("org.nd4j..").and(not(resideInAnyPackage("org.nd4j.linalg.api.ndarray"))))
                .check(CLASSES);
    }

    @Test
    void onlyTheNotebookRoomKnowsTheKernel() {
        noClasses()
                .that()
                .resideOutsideOfPackage("transconv.notebook..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("org.dflib..", "transconv.notebook.."))
                .check(CLASSES);
    }

    /** Surefire writes one report a class: of a class with both kinds, the second report replaces the first. */
    @Test
    void noTestClassMixesPropertiesWithOtherTests() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src", "test", "java"))) {
            List<Path> mixed = files.filter(path -> path.toString().endsWith(".java"))
                    .filter(path -> JavaSources.text(path).matches("(?s).*\\nimport net\\.jqwik\\..*"))
                    .filter(path -> JavaSources.text(path).matches("(?s).*\nimport org\\.junit\\.jupiter\\..*"))
                    .toList();
            assertEquals(List.of(), mixed);
        }
    }

    @Test
    void noFileIsLongerThan400Lines() throws IOException {
        List<String> tooLong = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                long lines = JavaSources.text(file).lines().count();
                if (lines > 400) {
                    tooLong.add(file + ": " + lines);
                }
            }
        }
        assertEquals(List.of(), tooLong);
    }
}
