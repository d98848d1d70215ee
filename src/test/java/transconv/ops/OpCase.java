package transconv.ops;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import transconv.shape.Shape;

/** An op with inputs to try it on; their values follow from the seed, no two of them are near each other or near 0. */
public record OpCase(Op op, List<Input> inputs, long seed) {

    /** What an input's values may be, made from different numbers v in (-1, 1). */
    public enum Domain {
        /** v. */
        VALUES,
        /** 2 v. */
        WIDE,
        /** 0.5 + 0.4 v. */
        PROBABILITIES,
        /** exp(v). */
        POSITIVE,
        /** 1/2 to 3/2, of either sign. */
        NOT_ZERO,
        /** Whole numbers from 0 to a number of rows - 1. */
        ROWS,
        /** The maxima of the first input's windows. */
        MAXIMA
    }

    /** What an op says about its gradient by an input. */
    public enum Slope {
        /** It states it. */
        STATED,
        /** There is none, since the input is of whole numbers. */
        NONE,
        /** It throws UnsupportedOperationException. */
        REFUSED
    }

    /** @param rows of the domain ROWS */
    public record Input(Shape shape, Domain domain, int rows, Slope slope) {

        Input(Shape shape, Domain domain, Slope slope) {
            this(shape, domain, 0, slope);
        }

        static Input stated(Shape shape) {
            return new Input(shape, Domain.VALUES, Slope.STATED);
        }

        static Input refused(Shape shape) {
            return new Input(shape, Domain.VALUES, Slope.REFUSED);
        }

        private double value(double v) {
            return switch (domain) {
                case VALUES -> v;
                case WIDE -> 2 * v;
                case PROBABILITIES -> 0.5 + 0.4 * v;
                case POSITIVE -> Math.exp(v);
                case NOT_ZERO -> Math.signum(v) * (0.5 + Math.abs(v));
                case ROWS -> Math.floor((1 + v) / 2 * rows);
                case MAXIMA -> throw new AssertionError("computed");
            };
        }

        @Override
        public String toString() {
            return shape + (domain == Domain.VALUES ? "" : " " + domain + (rows == 0 ? "" : " of " + rows));
        }
    }

    /** Bounds of Clip are multiples of 1 / CELLS, and so is 0: no value is within 1 / (4 CELLS) of one. */
    static final int CELLS = 512;

    /** The inputs' values, as doubles. */
    public INDArray[] arrays() {
        int count = inputs.stream().mapToInt(input -> input.shape().elements()).sum();
        double[] numbers = numbers(count);
        List<INDArray> arrays = new ArrayList<>();
        int used = 0;
        for (Input input : inputs) {
            int first = used;
            used += input.shape().elements();
            arrays.add(
                    input.domain() == Domain.MAXIMA
                            ? Computation.run("reference", new MaxPool(((MaxPoolGradient) op).axes()), arrays.get(0))
                            : Nd4j.createFromArray(IntStream.range(first, used)
                                            .mapToDouble(i -> input.value(numbers[i]))
                                            .toArray())
                                    .reshape(input.shape().toLongArray()));
        }
        return arrays.toArray(INDArray[]::new);
    }

    /** (-1, 1) in cells, and in the middle half of each at most one number. */
    private double[] numbers(int count) {
        SplittableRandom random = new SplittableRandom(seed);
        int cells = CELLS;
        while (cells < count) {
            cells *= 2;
        }
        int[] order = IntStream.range(0, cells).toArray();
        double[] numbers = new double[count];
        for (int i = 0; i < count; i++) {
            int other = random.nextInt(i, cells);
            int cell = order[other];
            order[other] = order[i];
            numbers[i] = 2 * (cell + 0.25 + random.nextDouble(0.5)) / cells - 1;
        }
        return numbers;
    }

    /** The inputs that the op states its gradient by. */
    public int[] stated() {
        return IntStream.range(0, inputs.size())
                .filter(i -> inputs.get(i).slope() == Slope.STATED)
                .toArray();
    }

    @Override
    public String toString() {
        return "%s of %s with the values of seed %d".formatted(op, inputs, seed);
    }
}
