package transconv.shape;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Locale;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.nd4j.shade.jackson.databind.JsonNode;
import transconv.Goldens;

/** Every rule against what its framework computed: size, place of the kernel (crop) and refusal, row by row. */
class ShapeGoldensTest {
    private static final Goldens SHAPES = Goldens.named("shapes");

    @Test
    void keras() {
        int computed = 0;
        for (JsonNode row : SHAPES.list("keras")) {
            String refusal = KerasRule.refusal(
                    at(row, 0), at(row, 1), at(row, 2), at(row, 3), padding(row.get(4)), outputPadding(row.get(5)));
            // TensorFlow gives an empty tensor where a size of 0 comes out; the rule refuses that.
            assertEquals(row.get(6).isNull() || at(row, 6) == 0, !refusal.isEmpty(), row + " " + refusal);
            if (refusal.isEmpty()) {
                compare(
                        row,
                        r -> KerasRule.transposedConvolution(
                                at(r, 0), at(r, 1), at(r, 2), at(r, 3), padding(r.get(4)), outputPadding(r.get(5))),
                        true);
                computed++;
            }
        }
        assertEquals(608, computed);
    }

    @Test
    void kerasConvolution() {
        assertEquals(
                137,
                computed(
                        "keras_convolution",
                        false,
                        r -> KerasRule.convolution(at(r, 0), at(r, 1), at(r, 2), at(r, 3), padding(r.get(4)))));
    }

    @Test
    void torch() {
        assertEquals(460, computed("torch", true, r -> new PyTorchRule(at(r, 1), at(r, 2), at(r, 4), at(r, 5), at(r, 3))
                .transposedConvolution(at(r, 0))));
    }

    @Test
    void torchOutputSize() {
        assertEquals(
                141, computed("torch_output_size", true, r -> new PyTorchRule(at(r, 1), at(r, 2), at(r, 4), 0, at(r, 3))
                        .transposedConvolution(at(r, 0), at(r, 5))));
    }

    @Test
    void torchConvolution() {
        assertEquals(147, computed("torch_convolution", false, r -> new PyTorchRule(
                        at(r, 1), at(r, 2), at(r, 4), 0, at(r, 3))
                .convolution(at(r, 0))));
    }

    @Test
    void onnx() {
        int runtime = 0;
        int inferred = 0;
        for (JsonNode row : SHAPES.list("onnx")) {
            // ONNX wants output_padding below strides or dilations; ONNX Runtime refuses all from strides on.
            if (at(row, 7) < at(row, 2) || at(row, 7) >= at(row, 3)) {
                runtime += compare(row, ShapeGoldensTest::onnx, true) ? 1 : 0;
            }
            // For SAME ONNX' own inference adds output_padding to what its text names; the runtime keeps to the text.
            boolean isAdded =
                    row.get(4).asText().startsWith("SAME") && row.get(8).isNull() && at(row, 7) > 0;
            inferred += !isAdded && inferred(row, 9, ShapeGoldensTest::onnx, true) ? 1 : 0;
        }
        assertEquals(1474, runtime);
        assertEquals(1462, inferred);
    }

    @Test
    void onnxConvolution() {
        int runtime = 0;
        int inferred = 0;
        for (JsonNode row : SHAPES.list("onnx_convolution")) {
            // ONNX Runtime has no dilation beside SAME, which ONNX allows.
            if (at(row, 3) == 1 || !row.get(4).asText().startsWith("SAME")) {
                runtime += compare(row, ShapeGoldensTest::onnxConvolution, false) ? 1 : 0;
            }
            inferred += inferred(row, 7, ShapeGoldensTest::onnxConvolution, false) ? 1 : 0;
        }
        assertEquals(288, runtime);
        assertEquals(360, inferred);
    }

    @Test
    void onnxNodeCases() {
        int cases = 0;
        for (JsonNode node : SHAPES.list("onnx_node_cases")) {
            JsonNode attributes = node.get("attributes");
            for (int axis = 2; axis < node.get("input_shape").size(); axis++) {
                int i = axis - 2;
                int end = i + node.get("input_shape").size() - 2;
                OnnxRule rule = new OnnxRule(
                        at(node.get("kernel_shape"), axis),
                        attributes.at("/strides/" + i).asInt(1),
                        attributes.at("/dilations/" + i).asInt(1),
                        AutoPad.valueOf(attributes.path("auto_pad").asText("NOTSET")),
                        attributes.at("/pads/" + i).asInt(0),
                        attributes.at("/pads/" + end).asInt(0),
                        attributes.at("/output_padding/" + i).asInt(0),
                        attributes.at("/output_shape/" + i).asInt(OnnxRule.UNSET));
                assertEquals(
                        at(node.get("output_shape"), axis),
                        rule.transposedConvolution(at(node.get("input_shape"), axis))
                                .large(),
                        node.get("name").asText() + " axis " + axis);
            }
            cases++;
        }
        assertEquals(11, cases);
    }

    private static Axis onnx(JsonNode r) {
        return new OnnxRule(
                        at(r, 1),
                        at(r, 2),
                        at(r, 3),
                        AutoPad.valueOf(r.get(4).asText()),
                        at(r, 5),
                        at(r, 6),
                        at(r, 7),
                        r.get(8).asInt(OnnxRule.UNSET))
                .transposedConvolution(at(r, 0));
    }

    private static Axis onnxConvolution(JsonNode r) {
        return new OnnxRule(
                        at(r, 1),
                        at(r, 2),
                        at(r, 3),
                        AutoPad.valueOf(r.get(4).asText()),
                        at(r, 5),
                        at(r, 6),
                        0,
                        OnnxRule.UNSET)
                .convolution(at(r, 0));
    }

    /** Compares with the size that ONNX infers, where both have one. */
    private static boolean inferred(JsonNode row, int column, Function<JsonNode, Axis> rule, boolean isTransposed) {
        Axis axis = result(row, rule);
        if (axis == null || row.get(column).isNull()) {
            return false;
        }
        assertEquals(at(row, column), isTransposed ? axis.large() : axis.small(), row + ": inferred");
        return true;
    }

    /** Checks every row of a list, and returns how many of them the framework computed. */
    private static int computed(String list, boolean isTransposed, Function<JsonNode, Axis> rule) {
        int count = 0;
        for (JsonNode row : SHAPES.list(list)) {
            count += compare(row, rule, isTransposed) ? 1 : 0;
        }
        return count;
    }

    private static Axis result(JsonNode row, Function<JsonNode, Axis> rule) {
        try {
            return rule.apply(row);
        } catch (IllegalArgumentException refused) {
            return null;
        }
    }

    private static boolean compare(JsonNode row, Function<JsonNode, Axis> rule, boolean isTransposed) {
        JsonNode size = row.get(row.size() - 2);
        JsonNode crop = row.get(row.size() - 1);
        Axis axis = result(row, rule);
        if (size.isNull() || size.intValue() == 0) {
            assertEquals(null, axis, row + " is refused by the framework");
            return false;
        }
        assertNotEquals(null, axis, row + " is refused by the rule");
        assertEquals(size.intValue(), isTransposed ? axis.large() : axis.small(), row.toString());
        if (!crop.isNull()) {
            assertEquals(crop.intValue(), axis.crop(), row + ": crop");
        }
        return true;
    }

    private static int at(JsonNode row, int column) {
        return row.get(column).intValue();
    }

    private static Padding padding(JsonNode name) {
        return Padding.valueOf(name.asText().toUpperCase(Locale.ROOT));
    }

    private static int outputPadding(JsonNode value) {
        return value.isNull() ? KerasRule.AUTOMATIC : value.intValue();
    }
}
