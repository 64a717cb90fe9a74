package dev.edo.codec;

/** What a future of this package says when it is polled after its end. */
final class SpentFuture {
    private SpentFuture() {}

    static IllegalStateException polledAgain() {
        return new IllegalStateException(
                "this future has completed or was cancelled and cannot be polled again; make a new one");
    }
}
