package transconv.interop.pytorch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** The order of a state's modules: that of the keys, or of the numbers where all modules are numbered. */
final class ModuleOrder {

    private static final String NUMBERS = "\\d+(\\.\\d+)*";

    private ModuleOrder() {}

    /** The key without what follows the last point. */
    static String module(String key) {
        return key.substring(0, Math.max(0, key.lastIndexOf('.')));
    }

    /** Files sort keys as text, where 10 stands before 2. */
    static Comparator<String> of(Set<String> keys) {
        List<String> given = new ArrayList<>(keys);
        if (!keys.stream().allMatch(key -> module(key).matches(NUMBERS))) {
            return Comparator.comparingInt(given::indexOf);
        }
        return (first, second) -> {
            String[] one = module(first).split("\\.");
            String[] other = module(second).split("\\.");
            for (int i = 0; i < Math.min(one.length, other.length); i++) {
                int compared = Integer.compare(Integer.parseInt(one[i]), Integer.parseInt(other[i]));
                if (compared != 0) {
                    return compared;
                }
            }
            return Integer.compare(one.length, other.length);
        };
    }
}
