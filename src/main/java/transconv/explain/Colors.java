package transconv.explain;

import java.util.List;

/**
 * Colours of the pictures. Source: Okabe and Ito (2008), "Color Universal Design": told apart by colour-blind readers.
 * A picture is a card with its own ground, so that it reads alike in light and dark surroundings.
 */
final class Colors {

    static final String GROUND = "#fdfdfb";
    static final String EDGE = "#c9ccd1";
    static final String TEXT = "#1b1b1b";
    static final String MUTED = "#55595e";

    static final String ORANGE = "#e69f00";
    static final String SKY = "#56b4e9";
    static final String GREEN = "#009e73";
    static final String YELLOW = "#f0e442";
    static final String BLUE = "#0072b2";
    static final String VERMILLION = "#d55e00";
    static final String PURPLE = "#cc79a7";

    /** Tints light enough for dark words on them. */
    static final List<String> TINTS =
            List.of("#f6d48a", "#b3dbf4", "#8fd3bd", "#f6ef9a", "#8fbfe0", "#efb48c", "#e8bdd4", "#d0d3d6", "#ffffff");

    /** The same order, strong enough for small marks without words. */
    static final List<String> SOLIDS = List.of(ORANGE, SKY, GREEN, YELLOW, BLUE, VERMILLION, PURPLE, "#8a9096", TEXT);

    private Colors() {}

    static String solid(int number) {
        return SOLIDS.get(number % SOLIDS.size());
    }

    /** Whether words on this ground must be white. */
    static boolean isDark(String color) {
        return color.equals(BLUE) || color.equals(TEXT) || color.equals(GREEN) || color.equals(VERMILLION);
    }

    /** From white to sky blue, light enough for dark words; {@code share} from 0 to 1. */
    static String shade(double share) {
        int step = (int) Math.round(share * 16);
        return "#%02x%02x%02x".formatted(255 - step * 10, 255 - step * 4, 255 - step);
    }

    static String tint(int number) {
        return TINTS.get(number % TINTS.size());
    }
}
