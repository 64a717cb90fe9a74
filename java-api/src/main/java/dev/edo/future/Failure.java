package dev.edo.future;

import java.util.concurrent.CompletionException;

/** How combinators throw what futures failed with. */
final class Failure {
    private Failure() {}

    /** Throws a failure as it is, which {@code poll} may; never returns. */
    static Exception raise(Throwable failure) throws Exception {
        if (failure instanceof Exception exception) {
            throw exception;
        }
        throw unchecked(failure);
    }

    /** A failure for methods without checked exceptions: throws an error, wraps what is checked. */
    static RuntimeException unchecked(Throwable failure) {
        return switch (failure) {
            case RuntimeException unchecked -> unchecked;
            case Error error -> throw error;
            default -> new CompletionException(failure);
        };
    }
}
