package transconv.training.metrics;

import transconv.config.Config;

/** What precision and recall share: they may look at one class, or at the best classes alone. */
abstract class ClassRatio<T extends ClassRatio<T>> extends ThresholdMetric<T> {

    ClassRatio(String name) {
        super(name);
    }

    /**
     * Only the k highest predictions along the last axis can be positive, of equal ones the first; default all.
     *
     * @throws IllegalArgumentException if it is below 1
     * @throws IllegalStateException after an update
     */
    public final T topK(int topK) {
        setTopK(topK);
        return self();
    }

    /**
     * Only this class, along the last axis, is looked at; a negative one counts from the last; default all.
     *
     * @throws IllegalStateException after an update
     */
    public final T classId(int classId) {
        setClassId(classId);
        return self();
    }

    @Override
    public Config config() {
        return super.config().with("top_k", topK()).with("class_id", classId());
    }

    @Override
    void read(Config config) {
        super.read(config);
        if (config.has("top_k")) {
            topK(config.integer("top_k"));
        }
        if (config.has("class_id")) {
            classId(config.integer("class_id"));
        }
    }
}
