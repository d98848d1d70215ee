package transconv.ops;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import transconv.shape.Axis;
import transconv.shape.Geometry;
import transconv.shape.Shape;

/**
 * Geometries drawn at random, the same ones each time: uneven axes, crops of either sign, sizes that lose positions,
 * groups.
 */
public record RandomGeometry(Geometry geometry, int batch, long seed) {

    public static Stream<RandomGeometry> draw(int count) {
        return Stream.iterate(1L, seed -> seed + 1).limit(count).map(RandomGeometry::of);
    }

    private static RandomGeometry of(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int dimensions = 1 + (int) (seed % 3);
        List<Axis> axes = new ArrayList<>();
        for (int i = 0; i < dimensions; i++) {
            axes.add(axis(random, dimensions == 3 ? 3 : 5));
        }
        int groups = random.nextInt(1, 4);
        int large = groups * random.nextInt(1, 4);
        int small = groups * random.nextInt(1, 4);
        return new RandomGeometry(new Geometry(axes, large, small, groups), random.nextInt(1, 4), seed);
    }

    /** The large side's length is free: what the kernel does not reach stays zero, and what lies outside is cut off. */
    private static Axis axis(SplittableRandom random, int longest) {
        int small = random.nextInt(1, longest + 1);
        int kernel = random.nextInt(1, 5);
        int stride = random.nextInt(1, 4);
        int dilation = random.nextInt(1, 4);
        int crop = random.nextInt(-2, 4);
        int full = (small - 1) * stride + Axis.extent(kernel, dilation);
        int large = Math.max(1, full - crop + random.nextInt(-3, 4));
        return new Axis(large, small, kernel, stride, dilation, crop);
    }

    /** Values in [-1, 1), as doubles. */
    public static INDArray values(Shape shape, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] values = random.doubles(shape.elements(), -1, 1).toArray();
        return Nd4j.createFromArray(values).reshape('c', shape.toLongArray());
    }
}
