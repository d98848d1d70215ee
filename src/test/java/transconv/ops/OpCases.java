package transconv.ops;

import static transconv.ops.OpCase.Input.refused;
import static transconv.ops.OpCase.Input.stated;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import transconv.ops.OpCase.Domain;
import transconv.ops.OpCase.Input;
import transconv.ops.OpCase.Slope;
import transconv.shape.Geometry;
import transconv.shape.KerasRule;
import transconv.shape.Padding;
import transconv.shape.Shape;

/** Every op with random arguments and inputs. A new op needs its line here, and is then tried by all properties. */
public final class OpCases {

    private static final Set<UnaryFunction> OF_POSITIVE =
            EnumSet.of(UnaryFunction.LOG, UnaryFunction.LOG1P, UnaryFunction.SQRT);

    private static final Map<Class<? extends Op>, Arbitrary<OpCase>> CASES = new LinkedHashMap<>();

    static {
        putFunctions();
        putMovements();
        putForms();
        putTables();
        putLosses();
    }

    private OpCases() {}

    /** The ops that have cases. */
    static Set<Class<? extends Op>> ops() {
        return CASES.keySet();
    }

    /** A case of any op; each op is as likely as the others. */
    public static Arbitrary<OpCase> any() {
        return Arbitraries.of(CASES.keySet()).flatMap(CASES::get);
    }

    /** A case of one op. */
    static Arbitrary<OpCase> of(Class<? extends Op> op) {
        return CASES.get(op);
    }

    private static void put(
            Class<? extends Op> type, Arbitrary<? extends Op> ops, BiFunction<Op, Shape, List<Input>> in) {
        CASES.put(
                type,
                Combinators.combine(ops, shapes(), Geometries.seeds())
                        .as((op, shape, seed) -> new OpCase(op, in.apply(op, shape), seed)));
    }

    /** For ops whose arguments depend on the shape. */
    private static void put(Class<? extends Op> type, BiFunction<Shape, Choice, OpCase> make) {
        CASES.put(
                type,
                Combinators.combine(shapes(), Geometries.seeds())
                        .as((shape, seed) -> make.apply(shape, new Choice(seed))));
    }

    private static Arbitrary<Shape> shapes() {
        return Arbitraries.integers()
                .between(1, 4)
                .list()
                .ofMinSize(1)
                .ofMaxSize(4)
                .map(sizes ->
                        Shape.of(sizes.stream().mapToInt(Integer::intValue).toArray()));
    }

    private static Arbitrary<Double> factors() {
        return Arbitraries.integers().between(-12, 12).map(quarters -> quarters / 4.0);
    }

    private static void putFunctions() {
        put(
                Activate.class,
                Arbitraries.of(FusedActivation.values()).map(Activate::new),
                (op, shape) -> List.of(new Input(shape, Domain.WIDE, Slope.STATED)));
        put(
                ActivateGradient.class,
                Arbitraries.of(FusedActivation.values()).map(ActivateGradient::new),
                (op, shape) -> List.of(new Input(shape, Domain.PROBABILITIES, Slope.REFUSED), refused(shape)));
        put(
                AddBias.class,
                Arbitraries.just(new AddBias()),
                (op, shape) -> List.of(stated(shape), stated(Shape.of(shape.last()))));
        put(
                Affine.class,
                Combinators.combine(factors(), factors()).as(Affine::new),
                (op, shape) -> List.of(stated(shape)));
        put(
                Binary.class,
                Arbitraries.of(BinaryFunction.values()).map(Binary::new),
                (op, shape) -> List.of(
                        new Input(shape, left(((Binary) op).function()), Slope.STATED),
                        new Input(shape, right(((Binary) op).function()), Slope.STATED)));
        Arbitrary<Double> bounds =
                Arbitraries.integers().between(-OpCase.CELLS, OpCase.CELLS).map(cell -> (double) cell / OpCase.CELLS);
        put(
                Clip.class,
                Combinators.combine(bounds, bounds).as((a, b) -> new Clip(Math.min(a, b), Math.max(a, b))),
                (op, shape) -> List.of(stated(shape)));
        put(Sparsemax.class, Arbitraries.just(new Sparsemax()), (op, shape) -> List.of(stated(shape)));
        put(
                Unary.class,
                Arbitraries.of(UnaryFunction.values()).map(Unary::new),
                (op, shape) -> List.of(new Input(shape, domain(((Unary) op).function()), Slope.STATED)));
    }

    private static Domain domain(UnaryFunction function) {
        return OF_POSITIVE.contains(function)
                ? Domain.POSITIVE
                : function == UnaryFunction.RECIPROCAL ? Domain.NOT_ZERO : Domain.VALUES;
    }

    private static Domain left(BinaryFunction function) {
        return function == BinaryFunction.POWER ? Domain.POSITIVE : Domain.VALUES;
    }

    private static Domain right(BinaryFunction function) {
        return function == BinaryFunction.DIVIDE ? Domain.NOT_ZERO : Domain.VALUES;
    }

    private static void putMovements() {
        put(Broadcast.class, (shape, choice) -> {
            Shape from = Op.reduced("Broadcast", shape, choice.axes(shape));
            return new OpCase(new Broadcast(shape), List.of(stated(from)), choice.seed());
        });
        put(Concatenate.class, (shape, choice) -> {
            int axis = choice.below(shape.rank());
            List<Input> parts = new ArrayList<>();
            for (int part = 0; part <= choice.below(3); part++) {
                int[] sizes = shape.toArray();
                sizes[axis] = 1 + choice.below(4);
                parts.add(stated(Shape.of(sizes)));
            }
            return new OpCase(new Concatenate(axis), parts, choice.seed());
        });
        put(Fill.class, (shape, choice) -> new OpCase(new Fill(shape, choice.below(9) - 4), List.of(), choice.seed()));
        put(
                Max.class,
                (shape, choice) -> new OpCase(new Max(choice.axes(shape)), List.of(stated(shape)), choice.seed()));
        put(Pad.class, (shape, choice) -> {
            List<Integer> begin = new ArrayList<>();
            List<Integer> end = new ArrayList<>();
            for (int size : shape.toArray()) {
                begin.add(choice.below(size + 2) - (size - 1));
                int least = Math.max(-(size - 1), 1 - size - begin.get(begin.size() - 1));
                end.add(least + choice.below(3 - least));
            }
            return new OpCase(new Pad(begin, end), List.of(stated(shape)), choice.seed());
        });
        put(Resample.class, (shape, choice) -> {
            int axis = choice.below(shape.rank());
            AxisMatrix matrix = choice.matrix(shape.size(axis));
            return new OpCase(new Resample(axis, matrix), List.of(stated(shape)), choice.seed());
        });
        put(Reshape.class, (shape, choice) -> {
            int[] sizes =
                    choice.order(shape.rank()).stream().mapToInt(shape::size).toArray();
            Shape target = choice.below(3) == 0 ? Shape.of(shape.elements()) : Shape.of(sizes);
            return new OpCase(new Reshape(target), List.of(stated(shape)), choice.seed());
        });
        put(
                Sum.class,
                (shape, choice) -> new OpCase(new Sum(choice.axes(shape)), List.of(stated(shape)), choice.seed()));
        put(
                SumPositions.class,
                (shape, choice) -> new OpCase(new SumPositions(), List.of(refused(shape)), choice.seed()));
        put(
                Transpose.class,
                (shape, choice) ->
                        new OpCase(new Transpose(choice.order(shape.rank())), List.of(stated(shape)), choice.seed()));
    }

    private static void putForms() {
        Arbitrary<RandomGeometry> settings = Geometries.withValues();
        CASES.put(Convolution.class, settings.map(drawn -> {
            Geometry geometry = drawn.geometry();
            List<Input> inputs = List.of(stated(geometry.large(drawn.batch())), stated(geometry.kernel()));
            return new OpCase(new Convolution(geometry), inputs, drawn.seed());
        }));
        CASES.put(TransposedConvolution.class, settings.map(drawn -> {
            Geometry geometry = drawn.geometry();
            List<Input> inputs = List.of(stated(geometry.small(drawn.batch())), stated(geometry.kernel()));
            return new OpCase(new TransposedConvolution(geometry), inputs, drawn.seed());
        }));
        CASES.put(KernelGradient.class, settings.map(drawn -> {
            Geometry geometry = drawn.geometry();
            List<Input> inputs = List.of(stated(geometry.large(drawn.batch())), stated(geometry.small(drawn.batch())));
            return new OpCase(new KernelGradient(geometry), inputs, drawn.seed());
        }));
        put(Dot.class, (shape, choice) -> {
            Input vector = refused(Shape.of(shape.elements()));
            return new OpCase(new Dot(), List.of(vector, vector), choice.seed());
        });
        CASES.put(MaxPool.class, pooled().map(drawn -> {
            Shape large = drawn.geometry().large(drawn.batch());
            return new OpCase(new MaxPool(drawn.geometry().axes()), List.of(stated(large)), drawn.seed());
        }));
        CASES.put(MaxPoolGradient.class, pooled().map(drawn -> {
            Shape small = drawn.geometry().small(drawn.batch());
            List<Input> inputs = List.of(
                    refused(drawn.geometry().large(drawn.batch())),
                    new Input(small, Domain.MAXIMA, Slope.REFUSED),
                    refused(small));
            return new OpCase(new MaxPoolGradient(drawn.geometry().axes()), inputs, drawn.seed());
        }));
    }

    /** Windows that each see something of the input. */
    private static Arbitrary<RandomGeometry> pooled() {
        Arbitrary<Integer> few = Arbitraries.integers().between(1, 3);
        return few.flatMap(dimensions -> Combinators.combine(
                        Combinators.combine(
                                        Arbitraries.integers().between(1, dimensions == 3 ? 5 : 8),
                                        few,
                                        few,
                                        few,
                                        Arbitraries.of(Padding.values()))
                                .as((size, pool, strides, dilation, padding) -> KerasRule.convolution(
                                        size + dilation * (pool - 1), pool, strides, dilation, padding))
                                .list()
                                .ofSize(dimensions),
                        few,
                        few,
                        Geometries.seeds())
                .as((axes, channels, batch, seed) ->
                        new RandomGeometry(new Geometry(axes, channels, channels, 1), batch, seed)));
    }

    private static void putTables() {
        put(Gather.class, (shape, choice) -> {
            int rows = 1 + choice.below(5);
            Input table = stated(Shape.of(rows, 1 + choice.below(4)));
            return new OpCase(new Gather(), List.of(table, rows(shape, rows)), choice.seed());
        });
        put(OneHot.class, (shape, choice) -> {
            int depth = 1 + choice.below(5);
            return new OpCase(new OneHot(depth), List.of(rows(shape, depth)), choice.seed());
        });
        put(ScatterAdd.class, (shape, choice) -> {
            int rows = 1 + choice.below(5);
            int[] sizes = IntStream.concat(IntStream.of(shape.toArray()), IntStream.of(1 + choice.below(4)))
                    .toArray();
            return new OpCase(new ScatterAdd(rows), List.of(rows(shape, rows), stated(Shape.of(sizes))), choice.seed());
        });
    }

    private static Input rows(Shape shape, int rows) {
        return new Input(shape, Domain.ROWS, rows, Slope.NONE);
    }

    private static void putLosses() {
        put(
                FusedLoss.class,
                Arbitraries.of(LossFunction.values()).map(FusedLoss::new),
                (op, shape) -> List.of(
                        new Input(shape, prediction(((FusedLoss) op).function()), Slope.STATED),
                        new Input(shape, Domain.PROBABILITIES, Slope.REFUSED)));
        put(
                LossGradient.class,
                Arbitraries.of(LossFunction.values()).map(LossGradient::new),
                (op, shape) -> List.of(
                        new Input(shape, prediction(((LossGradient) op).function()), Slope.REFUSED),
                        new Input(shape, Domain.PROBABILITIES, Slope.REFUSED),
                        refused(Shape.of(shape.size(0)))));
    }

    private static Domain prediction(LossFunction function) {
        return function == LossFunction.BINARY_CROSSENTROPY ? Domain.PROBABILITIES : Domain.WIDE;
    }
}
