package transconv.models.code;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Python identifiers for layers, no two alike, and none that Python or a library has taken. */
final class PythonNames {

    private static final Set<String> KEYWORDS = Set.of(("False None True and as assert async await break class continue"
                    + " def del elif else except finally for from global if import in is lambda nonlocal not or pass"
                    + " raise return try while with yield match case type print len range list dict")
            .split(" "));

    private final Set<String> taken = new HashSet<>(KEYWORDS);

    PythonNames(String... taken) {
        this.taken.addAll(Arrays.asList(taken));
    }

    PythonNames(List<String> taken) {
        this.taken.addAll(taken);
    }

    /** The name itself where it can be, else one like it. */
    String next(String name) {
        String wanted = identifier(name);
        String free = wanted;
        for (int number = 1; !taken.add(free); number++) {
            free = wanted + "_" + number;
        }
        return free;
    }

    /** ASCII letters, digits and underscores; no digit and no underscore first, since Python mangles some of those. */
    private static String identifier(String name) {
        String plain = name.replaceAll("[^A-Za-z0-9_]", "_");
        return plain.matches("[A-Za-z].*") ? plain : "layer_" + plain.replaceAll("^_+", "");
    }
}
