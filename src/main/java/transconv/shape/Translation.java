package transconv.shape;

import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * An {@link Axis} written in a framework's arguments, or the reason why that framework has none for it.
 *
 * <pre>{@code
 * Axis axis = KerasRule.transposedConvolution(4, 3, 2, 1, Padding.SAME, KerasRule.AUTOMATIC);
 * System.out.println(PyTorchRule.of(axis).reason());
 * }</pre>
 *
 * @param rule   the arguments, if there are any
 * @param reason why there are none; empty where there are
 * @param <R>    the framework's rule
 */
public record Translation<R>(Optional<R> rule, String reason) {

    public Translation {
        if (rule.isPresent() != reason.isEmpty()) {
            throw new IllegalArgumentException(
                    "Translation: rule=%s with reason='%s'; exactly one of them must be given"
                            .formatted(rule.map(Object::toString).orElse("none"), reason));
        }
    }

    static <R> Translation<R> to(R rule) {
        return new Translation<>(Optional.of(rule), "");
    }

    static <R> Translation<R> none(String reason, Object... values) {
        return new Translation<>(Optional.empty(), reason.formatted(values));
    }

    /**
     * The arguments.
     *
     * @throws NoSuchElementException with the reason, if there are none
     */
    public R get() {
        return rule.orElseThrow(() -> new NoSuchElementException(reason));
    }

    /** Whether the framework can express the axis. */
    public boolean exists() {
        return rule.isPresent();
    }

    @Override
    public String toString() {
        return rule.map(Object::toString).orElse(reason);
    }
}
