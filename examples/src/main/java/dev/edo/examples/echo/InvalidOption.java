package dev.edo.examples.echo;

/** An option that cannot be used; the message names it, its value and what is possible. */
final class InvalidOption extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    InvalidOption(String message) {
        super(message);
    }
}
