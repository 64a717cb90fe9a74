package dev.edo.examples.tinyhttp;

/** A request after which the connection cannot go on; holds what to answer. */
final class BadRequest extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient byte[] answer;

    BadRequest(byte[] answer) {
        super(null, null, false, false); // it is no error of this program, so no stack trace
        this.answer = answer;
    }

    byte[] answer() {
        return answer;
    }
}
