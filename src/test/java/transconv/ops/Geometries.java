package transconv.ops;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import transconv.shape.Axis;
import transconv.shape.Geometry;

/** What property tests draw: geometries of one to three axes, everything in them free and shrinking to the simplest. */
public final class Geometries {

    private Geometries() {}

    /** Geometries with a batch and the seed of their values. */
    public static Arbitrary<RandomGeometry> withValues() {
        Arbitrary<Integer> batch = Arbitraries.integers().between(1, 3);
        return Combinators.combine(any(), batch, seeds()).as(RandomGeometry::new);
    }

    public static Arbitrary<Geometry> any() {
        Arbitrary<Integer> few = Arbitraries.integers().between(1, 3);
        return few.flatMap(dimensions -> {
            Arbitrary<List<Axis>> axes = axis(dimensions == 3 ? 3 : 6).list().ofSize(dimensions);
            return Combinators.combine(axes, few, few, few)
                    .as((each, groups, large, small) -> new Geometry(each, groups * large, groups * small, groups));
        });
    }

    /** The large side's length is free: what the kernel does not reach stays zero, and what lies outside is cut off. */
    public static Arbitrary<Axis> axis(int longest) {
        return Combinators.combine(
                        Arbitraries.integers().between(1, longest),
                        Arbitraries.integers().between(1, 4),
                        Arbitraries.integers().between(1, 3),
                        Arbitraries.integers().between(1, 3),
                        Arbitraries.integers().between(-2, 3),
                        Arbitraries.integers().between(-3, 3))
                .as((small, kernel, stride, dilation, crop, cropEnd) -> {
                    int full = (small - 1) * stride + Axis.extent(kernel, dilation);
                    return new Axis(Math.max(1, full - crop - cropEnd), small, kernel, stride, dilation, crop);
                });
    }

    /** Of {@link RandomGeometry#values}. */
    public static Arbitrary<Long> seeds() {
        return Arbitraries.longs().between(0, 999_999);
    }
}
