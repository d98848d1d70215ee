package transconv.explain;

import java.util.ArrayList;
import java.util.List;

/** One picture of a filmstrip: what happens, in words, above its grids. */
record Frame(String heading, String formula, List<Drawing> parts, Step step) {

    private static final double GAP = 8;

    Drawing draw(double most) {
        Drawing drawing = new Drawing();
        drawing.words(0, 12, heading, Drawing.NOTE);
        Drawing grids = Drawing.flow(new ArrayList<>(parts), GAP, most);
        drawing.place(grids, 0, 22);
        drawing.place(
                Drawing.paragraph(formula, Drawing.FORMULA, Math.max(320, Math.min(most, grids.width()))),
                0,
                drawing.height() + 4);
        return drawing;
    }
}
