package transconv.explain;

/**
 * Text made safe to stand in HTML and SVG.
 *
 * <pre>{@code
 * System.out.println(Html.attribute("1 < 2")); // 1 &lt; 2
 * }</pre>
 */
public final class Html {

    private Html() {}

    /** To stand between tags. */
    public static String escape(String text) {
        // JupyterLab looks for mathematics between dollar signs and between \( and \).
        return attribute(text).replace("$", "<span>$</span>").replace("\\", "<span>\\</span>");
    }

    /** To stand between the quotes of an attribute. */
    public static String attribute(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.append(c < ' ' && c != '\n' && c != '\t' ? '�' : c);
            }
        }
        return safe.toString();
    }
}
