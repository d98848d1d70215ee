package transconv.engines;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;
import transconv.EnginesUnderTest;
import transconv.ops.AddBias;
import transconv.ops.Broadcast;
import transconv.ops.Computation;
import transconv.ops.Computation.Formula;
import transconv.ops.Convolution;
import transconv.ops.Dot;
import transconv.ops.KernelGradient;
import transconv.ops.Op;
import transconv.ops.OpCase;
import transconv.ops.OpCases;
import transconv.ops.RandomGeometry;
import transconv.ops.Resample;
import transconv.ops.ScatterAdd;
import transconv.ops.Sum;
import transconv.ops.SumPositions;
import transconv.ops.TransposedConvolution;
import transconv.shape.Shape;

/** Every op on random arguments and shapes, its values and its gradients, on all engines against the reference. */
class RandomOpsAgreeTest {

    private static final double TOLERANCE = 1e-5;

    /** Sums in which values may cancel: how near a float comes depends on the size of what is summed up. */
    private static final Set<Class<? extends Op>> SUMS = Set.of(
            AddBias.class,
            Broadcast.class,
            Convolution.class,
            Dot.class,
            KernelGradient.class,
            Resample.class,
            ScatterAdd.class,
            Sum.class,
            SumPositions.class,
            TransposedConvolution.class);

    private static double worst;

    @AfterContainer
    static void printWorst() {
        System.out.printf("random ops, worst deviation of values and gradients: %.1e%n", worst);
    }

    @Provide
    Arbitrary<OpCase> cases() {
        return OpCases.any();
    }

    @Property(tries = 2_000)
    void valuesAndGradientsAreThoseOfTheReference(@ForAll("cases") OpCase drawn) {
        INDArray[] inputs = floats(drawn.arrays());
        Formula formula = Formula.of(drawn.op());
        boolean sums = SUMS.contains(drawn.op().getClass());
        INDArray output = compare("values", formula, sums, inputs);
        INDArray seed = RandomGeometry.values(Shape.of(output.shape()), drawn.seed() + 1);
        INDArray[] withSeed =
                Stream.concat(Stream.of(inputs), Stream.of(floats(seed))).toArray(INDArray[]::new);
        for (int by : drawn.stated()) {
            compare("gradient by input " + by, formula.gradient(by), sums, withSeed);
        }
    }

    private static INDArray compare(String what, Formula formula, boolean sums, INDArray... inputs) {
        INDArray expected = Computation.run("reference", formula, inputs);
        double scale = largest(expected);
        if (sums) {
            INDArray[] sizes = Stream.of(inputs).map(Transforms::abs).toArray(INDArray[]::new);
            scale = Math.max(scale, largest(Computation.run("reference", formula, sizes)));
        }
        double unit = scale == 0 ? 1 : scale;
        for (String engine : EnginesUnderTest.floats().toList()) {
            INDArray actual = Computation.run(engine, formula, inputs);
            assertArrayEquals(expected.shape(), actual.shape(), engine);
            double[] wanted = values(expected);
            double[] received = values(actual);
            assertArrayEquals(wanted, received, TOLERANCE * unit, what + " on " + engine);
            double difference = IntStream.range(0, wanted.length)
                    .mapToDouble(i -> Math.abs(wanted[i] - received[i]))
                    .max()
                    .orElse(0);
            worst = Math.max(worst, difference / unit);
        }
        return expected;
    }

    private static double largest(INDArray values) {
        return values.length() == 0 ? 0 : Transforms.abs(values).maxNumber().doubleValue();
    }

    private static double[] values(INDArray array) {
        return array.dup('c').data().asDouble();
    }

    private static INDArray[] floats(INDArray... arrays) {
        return Stream.of(arrays).map(array -> array.castTo(DataType.FLOAT)).toArray(INDArray[]::new);
    }
}
