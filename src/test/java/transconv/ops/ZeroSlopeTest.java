package transconv.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import transconv.shape.Shape;

/** What an output depends on by comparisons or as a row number alone has a gradient of zeros, which costs nothing. */
class ZeroSlopeTest {

    @TestFactory
    Stream<DynamicTest> slopesOfZeroAreFilledIn() {
        Shape numbers = Shape.of(2, 3);
        Shape table = Shape.of(5, 4);
        Stream<DynamicTest> comparisons = Stream.of(
                        BinaryFunction.GREATER, BinaryFunction.GREATER_EQUAL, BinaryFunction.EQUAL)
                .flatMap(function ->
                        IntStream.range(0, 2).mapToObj(by -> zero(new Binary(function), by, numbers, numbers)));
        return Stream.concat(
                comparisons,
                Stream.of(
                        zero(new Unary(UnaryFunction.SIGN), 0, numbers),
                        zero(new OneHot(7), 0, numbers),
                        zero(new Gather(), 1, table, numbers),
                        zero(new ScatterAdd(5), 0, numbers, Shape.of(2, 3, 4))));
    }

    private static DynamicTest zero(Op op, int by, Shape... shapes) {
        return DynamicTest.dynamicTest("%s by input %d".formatted(op, by), () -> {
            Graph graph = new Graph();
            Value[] inputs = Stream.of(shapes).map(graph::input).toArray(Value[]::new);
            Value output = graph.apply(op, inputs);
            Value gradient = Gradients.of(output, graph.input(output.shape()), List.of(inputs[by]))
                    .get(0);
            assertEquals(new Fill(shapes[by], 0), gradient.op());
        });
    }
}
