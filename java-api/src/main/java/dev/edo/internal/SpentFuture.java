package dev.edo.internal;

/** What a future says when it is polled after its end. */
public final class SpentFuture {
    private SpentFuture() {}

    /** {@return the exception to throw} */
    public static IllegalStateException polledAgain() {
        return new IllegalStateException(
                "this future has completed or was cancelled and cannot be polled again; make a new one");
    }
}
