package transconv.ops;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import transconv.shape.Shape;

/** Arguments as a seed chooses them, where they depend on others or are too many to draw each. */
public final class Choice {

    private final long seed;
    private final Random random;

    public Choice(long seed) {
        this.seed = seed;
        // Neighbouring seeds begin alike.
        this.random = new Random(seed * 0x9E3779B97F4A7C15L);
    }

    long seed() {
        return seed;
    }

    @SafeVarargs
    public final <E> E of(E... all) {
        return all[below(all.length)];
    }

    public int below(int bound) {
        return random.nextInt(bound);
    }

    /** Some of the shape's axes, at least one. */
    List<Integer> axes(Shape shape) {
        int chosen = 1 + below((1 << shape.rank()) - 1);
        return IntStream.range(0, shape.rank())
                .filter(axis -> (chosen >> axis & 1) == 1)
                .boxed()
                .toList();
    }

    List<Integer> order(int rank) {
        List<Integer> order = new ArrayList<>(IntStream.range(0, rank).boxed().toList());
        Collections.shuffle(order, random);
        return order;
    }

    /** One to five rows of no, one or several entries, columns twice among them. */
    AxisMatrix matrix(int columns) {
        List<List<AxisMatrix.Entry>> rows = new ArrayList<>();
        for (int row = 0; row <= below(5); row++) {
            List<AxisMatrix.Entry> entries = new ArrayList<>();
            for (int entry = below(4); entry > 0; entry--) {
                entries.add(new AxisMatrix.Entry(below(columns), random.nextDouble() * 2 - 1));
            }
            rows.add(entries);
        }
        return new AxisMatrix(columns, rows);
    }
}
