package dev.edo.examples.miniredis;

/** Bytes that are no command; the connection cannot go on after them. */
final class ProtocolError extends Exception {
    private static final long serialVersionUID = 1L;

    ProtocolError(String message) {
        super(message, null, false, false); // it is no error of this program, so no stack trace
    }
}
