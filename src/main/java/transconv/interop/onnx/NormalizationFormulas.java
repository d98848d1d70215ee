package transconv.interop.onnx;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;

/** Normalizations that ONNX, in the operator set that is written, has no operator for. */
record NormalizationFormulas(LayerDrawer layers) {

    /** Makes a layer from the numbers in a formula. */
    @FunctionalInterface
    interface Reading {

        Drawn read(OnnxNode node, Drawn input, Matcher found, List<Numbers> numbers);
    }

    void putInto(BiConsumer<String, Reading> formulas) {}
}
