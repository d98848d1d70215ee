package transconv.notebook;

/** Text made safe to stand between the tags of HTML. */
final class Html {

    private Html() {}

    static String escape(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                    // JupyterLab looks for mathematics between dollar signs and between \( and \).
                case '$' -> safe.append("<span>$</span>");
                case '\\' -> safe.append("<span>\\</span>");
                default -> safe.append(c < ' ' && c != '\n' && c != '\t' ? '�' : c);
            }
        }
        return safe.toString();
    }
}
