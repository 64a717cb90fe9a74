package dev.edo.internal;

/** What a future says when it is polled after its end. */
public final class SpentFuture {
    private SpentFuture() {}

    /** {@return the exception to throw} */
    public static IllegalStateException polledAgain() {
        return new IllegalStateException(
                "this future has completed or was cancelled and cannot be polled again; make a new one");
    }

    /** {@return the exception to throw, which names what made the future} */
    public static IllegalStateException polledAgain(String name) {
        return new IllegalStateException(name
                + " was polled after it completed or was cancelled; a future is used once: make a new one");
    }
}
