package transconv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The examples in Javadoc compile, and print what the comment behind each {@code println} says. */
class JavadocExamplesTest {

    private static final Pattern BLOCK = Pattern.compile("<pre>\\{@code\\R(.*?)\\R[ *]*\\}</pre>", Pattern.DOTALL);
    private static final Pattern PRINTED =
            Pattern.compile("^System\\.out\\.println\\(.*\\); // (.*)$", Pattern.MULTILINE);
    private static final Pattern PUBLIC_TYPE =
            Pattern.compile("^public .*?(class|record|enum|interface) (\\w+)", Pattern.MULTILINE);

    /** Public types that a user neither makes nor calls, or that stand at the end of an example of another one. */
    private static final TreeSet<String> WITHOUT_EXAMPLE = new TreeSet<>(List.of(
            // made by layers, and read by engines
            "ops",
            "shape",
            "engines",
            "engines/nd4j",
            "engines/onednn",
            "engines/reference",
            "engines/vector",
            // to be extended or implemented; what is returned; what is thrown
            "layers/Layer",
            "layers/ConvolutionLayer",
            "layers/Initializer",
            "layers/Node",
            "layers/Noise",
            "layers/Pass",
            "layers/Regularizer",
            "layers/Weight",
            "layers/WeightValues",
            "training/FitDisplay",
            "training/History",
            "training/Optimizer",
            "training/TrainedModel",
            "training/TrainingProgress",
            "training/TextProgress",
            "models/Summarized",
            "models/code/Drawing",
            "models/file/ModelFileException",
            "models/file/AtomicFile",
            "interop/arrays",
            "plots/Plot",
            "experiments/ExperimentDisplay",
            "experiments/ExperimentFolderException",
            "experiments/ExperimentListener",
            "explain/LayerPass",
            "explain/RaceEntry",
            "explain/RaceResult",
            "datasets/ChecksumException",
            "datasets/IdxFormatException",
            "datasets/DownloadListener",
            "notebook/CheckFailedException",
            "notebook/Doctor",
            "notebook/TransconvExtension",
            "notebook/LiveProgress"));

    private record Example(Path file, String name, String code) {}

    private static List<Example> examples = List.of();
    private static URLClassLoader loader;

    @TempDir
    static Path folder;

    @BeforeAll
    static void compileAll() throws IOException {
        examples = find();
        String imports = packages().map(name -> "import " + name + ".*;\n").reduce("", String::concat)
                + "import org.nd4j.linalg.api.buffer.DataType;\nimport org.nd4j.linalg.api.ndarray.INDArray;\n"
                + "import org.nd4j.linalg.factory.Nd4j;\nimport java.nio.file.Path;\n";
        List<Path> sources = new ArrayList<>();
        for (Example example : examples) {
            Path source = folder.resolve(example.name() + ".java");
            Files.writeString(
                    source,
                    imports + ownImports(example.file()) + "public class " + example.name()
                            // what examples of checks speak of without making it
                            + " {\n"
                            + " static Sequential model;\n"
                            + " static History history;\n"
                            + " public static void main(String[] args) throws Exception {\n"
                            + example.code() + "\n }\n}\n");
            sources.add(source);
        }
        assertEquals(List.of(), JavaSources.compile(sources, folder, System.getProperty("java.class.path")));
        loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, JavadocExamplesTest.class.getClassLoader());
    }

    @AfterAll
    static void close() throws IOException {
        if (loader != null) {
            loader.close();
        }
    }

    private static Stream<String> packages() {
        return JavaSources.files().stream()
                .map(file -> JavaSources.text(file)
                        .lines()
                        .filter(line -> line.startsWith("package "))
                        .findFirst()
                        .orElseThrow()
                        .replaceAll("package |;", ""))
                .distinct();
    }

    /** The type itself wins over one of the same name in another room. */
    private static String ownImports(Path file) {
        String text = JavaSources.text(file);
        String room = text.lines()
                .filter(line -> line.startsWith("package "))
                .findFirst()
                .orElseThrow()
                .replaceAll("package |;", "");
        return "import " + room + "." + typeName(file) + ";\n";
    }

    private static String typeName(Path file) {
        return file.getFileName().toString().replace(".java", "");
    }

    private static List<Example> find() {
        List<Example> found = new ArrayList<>();
        for (Path file : JavaSources.files()) {
            Matcher block = BLOCK.matcher(JavaSources.text(file));
            while (block.find()) {
                String code = block.group(1).replaceAll("(?m)^ *\\* ?", "");
                if (code.contains(";")) {
                    found.add(new Example(file, "Example%d_%s".formatted(found.size(), typeName(file)), code));
                }
            }
        }
        return found;
    }

    @Test
    void thereAreExamples() {
        assertTrue(examples.stream()
                        .filter(example -> PRINTED.matcher(example.code()).find())
                        .count()
                >= 15);
    }

    @TestFactory
    Stream<DynamicTest> examplesPrintWhatTheySay() {
        return examples.stream()
                .filter(example -> PRINTED.matcher(example.code()).find())
                .map(example -> DynamicTest.dynamicTest(example.file().toString(), () -> {
                    List<String> wanted = PRINTED.matcher(example.code())
                            .results()
                            .map(result -> result.group(1))
                            .toList();
                    assertEquals(String.join("\n", wanted), run(example));
                }));
    }

    private static String run(Example example) throws ReflectiveOperationException {
        PrintStream console = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            loader.loadClass(example.name()).getMethod("main", String[].class).invoke(null, (Object) new String[0]);
        } finally {
            System.setOut(console);
        }
        return printed.toString(StandardCharsets.UTF_8).strip().replace(System.lineSeparator(), "\n");
    }

    @Test
    void whatAUserMakesOrCallsHasAnExample() {
        TreeSet<String> without = new TreeSet<>();
        for (Path file : JavaSources.files()) {
            String text = JavaSources.text(file);
            if (PUBLIC_TYPE.matcher(text).find() && !BLOCK.matcher(text).find()) {
                String path = file.toString()
                        .replace('\\', '/')
                        .replaceFirst("src/main/java/transconv/", "")
                        .replace(".java", "");
                String room = path.substring(0, path.lastIndexOf('/'));
                if (!WITHOUT_EXAMPLE.contains(room) && !WITHOUT_EXAMPLE.contains(path)) {
                    without.add(path);
                }
            }
        }
        assertEquals(new TreeSet<>(), without);
    }

    @Test
    void everyPublicTypeHasJavadoc() {
        List<String> without = JavaSources.files().stream()
                .filter(file -> {
                    String text = JavaSources.text(file);
                    return PUBLIC_TYPE.matcher(text).find() && !text.contains("/**");
                })
                .map(Path::toString)
                .toList();
        assertEquals(List.of(), without);
    }
}
