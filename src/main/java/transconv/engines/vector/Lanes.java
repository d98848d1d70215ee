package transconv.engines.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The vectors of this CPU. */
final class Lanes {

    static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

    /** Floats in a vector: 16 with AVX-512, 8 with AVX2, 4 with NEON. */
    static final int COUNT = SPECIES.length();

    /** Floats behind an array's last that loops may read and write: a vector, or a tile's neighbouring rows. */
    private static final int ROOM = Math.max(COUNT, OneVectorGradientTile.GROUP);

    private Lanes() {}

    /** An array for so many values, with room behind them, so that loops need not stop before its end. */
    static float[] array(int length) {
        return new float[(length + ROOM + COUNT - 1) / COUNT * COUNT];
    }
}
