package transconv.engines.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The vectors of this CPU. */
final class Lanes {

    static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

    /** Floats in a vector: 16 with AVX-512, 8 with AVX2, 4 with NEON. */
    static final int COUNT = SPECIES.length();

    private Lanes() {}

    /**
     * An array for so many values, with room for a vector more, so that loops may read and write whole vectors and need
     * not stop before its end.
     */
    static float[] array(int length) {
        return new float[(length + 2 * COUNT - 1) / COUNT * COUNT];
    }
}
