package transconv.experiments;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What makes the numbers of an experiment: two experiments of equal origin find the same.
 *
 * @param version the version that the user gave his own code; empty if none
 */
record Origin(
        String name,
        String code,
        String version,
        String engine,
        long seed,
        Map<String, List<Object>> parameters,
        List<Setting> settings) {

    /** JSON's types alone. */
    Map<String, Object> description() {
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("name", name);
        description.put("code_version", code);
        description.put("own_version", version);
        description.put("engine", engine);
        description.put("seed", seed);
        description.put("parameters", parameters);
        List<Object> rows = new ArrayList<>();
        settings.forEach(setting -> rows.add(List.copyOf(setting.values().values())));
        description.put("settings", rows);
        return description;
    }

    long seed(Setting setting) {
        return setting.values().containsKey(Experiment.SEED) ? setting.whole(Experiment.SEED) : seed;
    }
}
