package transconv.interop.onnx;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import transconv.layers.Tensor;

/**
 * Nodes that compute element by element, held back until somebody needs their values: as many of them as are together
 * the formula of one layer become that layer, so that {@code Mul(x, Sigmoid(x))} is SiLU. What a formula is said as, is
 * written down with its operands in order and the tensor that it is of as {@code x}.
 */
final class Formulas {

    private static final int DEEPEST = 24;
    private static final int MOST_NODES = 24;
    private static final int LONGEST = 400;
    private static final Set<String> COMMUTATIVE = Set.of("Add", "Mul", "Max", "Min", "Sum", "Mean");
    private static final Map<String, String> MERGES = Map.of(
            "Add", "Add",
            "Sum", "Add",
            "Sub", "Subtract",
            "Mul", "Multiply",
            "Max", "Maximum",
            "Min", "Minimum",
            "Mean", "Average");

    private final LayerDrawer layers;
    private final FormulaLayers known;

    Formulas(LayerDrawer layers) {
        this.layers = layers;
        this.known = new FormulaLayers(layers);
    }

    /** @param operands each a {@link Drawn} or {@link Numbers} */
    Drawn of(OnnxNode node, String label, List<?> operands) {
        boolean isJoin = COMMUTATIVE.contains(label);
        boolean lacksOne = operands.stream().anyMatch(Objects::isNull);
        if (operands.isEmpty() || lacksOne || !isJoin && operands.size() > 2 || operands.size() > 64) {
            throw new IllegalArgumentException(
                    "it has %d inputs, or one that is left out; it does not take these".formatted(operands.size()));
        }
        boolean isInverse = label.equals("Div")
                && operands.size() == 2
                && operands.get(0) instanceof Numbers numbers
                && numbers.isReal()
                && numbers.count() == 1
                && numbers.scalar() == 1;
        Drawn formula =
                isInverse ? new Drawn(node, "Reciprocal", operands.subList(1, 2)) : new Drawn(node, label, operands);
        if (formula.depth() > DEEPEST) {
            formula.tensors().forEach(this::settled);
            formula = new Drawn(node, formula.label(), formula.operands());
        }
        return formula;
    }

    /** Squares and roots, which are formulas of their own. */
    Drawn power(OnnxNode node) {
        Drawn base = node.drawn(0);
        double exponent = node.numbers(1).count() == 1 ? node.numbers(1).scalar() : Double.NaN;
        if (exponent == 2) {
            return of(node, "Mul", List.of(base, base));
        }
        if (exponent == 0.5) {
            return of(node, "Sqrt", List.of(base));
        }
        throw new IllegalArgumentException("the exponent is %s; 2 and 0.5 are taken".formatted(node.numbers(1)));
    }

    Drawn softmax(OnnxNode node, Drawn input, int axis) {
        return known.softmax(node, input, axis);
    }

    /** The same, made of layers. */
    Drawn settled(Drawn drawn) {
        if (drawn.isSettled()) {
            return drawn;
        }
        try {
            if (!asOneLayer(drawn)) {
                asMerge(drawn);
            }
            return drawn;
        } catch (IllegalArgumentException refused) {
            String message = refused.getMessage();
            boolean isPlaced = message.startsWith("formula at node");
            throw isPlaced
                    ? refused
                    : new IllegalArgumentException(
                            "formula at node '%s' (%s): %s"
                                    .formatted(drawn.node().name(), drawn.node().operator(), message),
                            refused);
        }
    }

    /** As much of it as one layer computes; the rest of it, which that layer takes, is settled before. */
    private boolean asOneLayer(Drawn drawn) {
        for (Drawn base : bases(drawn)) {
            List<Numbers> numbers = new ArrayList<>();
            String text = text(drawn, base, numbers, 0);
            FormulaLayers.Maker maker = text == null ? null : known.find(text, numbers);
            if (maker != null) {
                Drawn made = maker.make(drawn.node(), settled(base));
                drawn.settle(made.tensor(), made.isChannelsLast());
                return true;
            }
        }
        return false;
    }

    /** The tensors within a formula, those furthest from its end first. */
    private static List<Drawn> bases(Drawn drawn) {
        Set<Drawn> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Drawn> found = new ArrayList<>();
        Deque<Drawn> waiting = new ArrayDeque<>(drawn.tensors());
        while (!waiting.isEmpty() && found.size() < MOST_NODES) {
            Drawn next = waiting.poll();
            if (seen.add(next)) {
                found.add(next);
                waiting.addAll(next.tensors());
            }
        }
        Collections.reverse(found);
        return found;
    }

    /** Null where it depends on other tensors than the base, or is too long for any layer's. */
    private static String text(Drawn drawn, Drawn base, List<Numbers> numbers, int depth) {
        if (drawn == base) {
            return "x";
        }
        if (!drawn.isFormula() || depth > DEEPEST / 2) {
            return null;
        }
        List<Map.Entry<String, List<Numbers>>> operands = new ArrayList<>();
        int length = 0;
        for (Object operand : drawn.operands()) {
            List<Numbers> within = new ArrayList<>();
            String text;
            if (operand instanceof Drawn tensor) {
                text = text(tensor, base, within, depth + 1);
            } else {
                Numbers constant = (Numbers) operand;
                text = constant.count() == 1 ? String.valueOf(constant.scalar()) : "#";
                if (constant.count() != 1) {
                    within.add(constant);
                }
            }
            length += text == null ? LONGEST : text.length();
            if (length >= LONGEST) {
                return null;
            }
            operands.add(Map.entry(text, within));
        }
        if (COMMUTATIVE.contains(drawn.label())) {
            operands.sort(Map.Entry.comparingByKey(Comparator.naturalOrder()));
        }
        operands.forEach(operand -> numbers.addAll(operand.getValue()));
        return operands.stream().map(Map.Entry::getKey).collect(Collectors.joining(",", drawn.label() + "(", ")"));
    }

    private void asMerge(Drawn drawn) {
        List<Drawn> tensors = drawn.tensors();
        String type = MERGES.get(drawn.label());
        if (type == null || tensors.size() != drawn.operands().size() || tensors.size() < 2) {
            List<Numbers> numbers = new ArrayList<>();
            String text = tensors.size() == 1 ? text(drawn, tensors.get(0), numbers, 0) : drawn.label() + "(...)";
            throw new IllegalArgumentException(
                    "no layer computes %s of x%s".formatted(text, numbers.isEmpty() ? "" : " with " + numbers));
        }
        tensors.forEach(this::settled);
        boolean isLast = tensors.stream().allMatch(Drawn::isChannelsLast);
        Tensor[] inputs = tensors.stream()
                .map(each -> isLast ? each.tensor() : layers.plain(drawn.node(), each))
                .toArray(Tensor[]::new);
        int most = IntStream.range(0, inputs.length)
                .map(i -> inputs[i].shape().rank())
                .max()
                .orElse(0);
        for (int i = 0; i < inputs.length; i++) {
            if (inputs[i].shape().rank() != most) {
                throw new IllegalArgumentException("it joins tensors with %d and %d axes; reshape one of them before it"
                        .formatted(inputs[i].shape().rank() + 1, most + 1));
            }
        }
        drawn.settle(layers.layer(drawn.node(), type).draw(inputs), isLast);
    }
}
