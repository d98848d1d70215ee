package transconv.notebook;

/** A result of a notebook is not what the notebook says; the message has the name, both values and what was allowed. */
public final class CheckFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CheckFailedException(String message) {
        super(message);
    }
}
