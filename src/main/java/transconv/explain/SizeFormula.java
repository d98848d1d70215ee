package transconv.explain;

import transconv.shape.Convention;
import transconv.shape.KerasRule;
import transconv.shape.Padding;
import transconv.shape.SizeTable;

/** Each convention's formula for the output size of a transposed convolution, with its numbers filled in. */
record SizeFormula(int i, SizeTable layer) {

    String of(Convention convention) {
        int k = layer.kernel();
        int s = layer.stride();
        int d = layer.dilation();
        int p = layer.padding();
        boolean same = layer.mode() == Padding.SAME;
        boolean chosen = layer.outputPadding() != KerasRule.AUTOMATIC;
        int a = chosen ? layer.outputPadding() : 0;
        String extent = d == 1 ? Integer.toString(k) : "(%d·(%d - 1) + 1)".formatted(d, k);
        return switch (convention) {
            case GUIDE -> "%d·(%d - 1) + %d + %s - 2·%d".formatted(s, i, a, extent, same ? (d * (k - 1) + 1) / 2 : p);
            case KERAS -> keras(extent, same, chosen, a);
            case PYTORCH -> "(%d - 1)·%d - 2·%d + %d·(%d - 1) + %d + 1".formatted(i, s, p, d, k, a);
            case ONNX -> onnx(extent, same, a);
        };
    }

    private String keras(String extent, boolean same, boolean chosen, int a) {
        int s = layer.stride();
        if (same) {
            // Keras pads by half the extent; what is left of extent - 2 * (extent / 2) is 1 or 0.
            int odd = (layer.dilation() * (layer.kernel() - 1) + 1) % 2;
            return chosen ? "(%d - 1)·%d + %d + %d".formatted(i, s, odd, a) : "%d·%d".formatted(i, s);
        }
        return chosen
                ? "(%d - 1)·%d + %s + %d".formatted(i, s, extent, a)
                : "%d·%d + max(%s - %d, 0)".formatted(i, s, extent, s);
    }

    private String onnx(String extent, boolean same, int a) {
        int s = layer.stride();
        return same
                ? "min(%d·%d, %d·(%d - 1) + %d + %s)".formatted(i, s, s, i, a, extent)
                : "%d·(%d - 1) + %d + %s - %d - %d".formatted(s, i, a, extent, layer.padding(), layer.padding());
    }
}
