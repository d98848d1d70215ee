package transconv.explain;

import java.util.List;
import java.util.stream.Collectors;
import transconv.explain.Operation.Product;

/** Sums of products written out. */
final class Sums {

    private Sums() {}

    /** {@code output[0, 1] = 0·1 + 1·4 = 4}. */
    static String ofOutput(Operation operation, List<Product> products, double value) {
        String name = "output" + Places.text(Places.at(outputOf(products), operation.outputSizes()), operation.rank());
        return "%s = %s = %s".formatted(name, terms(operation, products), NumberFormat.result(value));
    }

    private static int outputOf(List<Product> products) {
        return products.get(0).output();
    }

    static String terms(Operation operation, List<Product> products) {
        return products.stream()
                .map(product -> NumberFormat.factor(operation.input()[product.input()]) + "·"
                        + NumberFormat.factor(operation.kernel()[product.tap()]))
                .collect(Collectors.joining(" + "));
    }
}
