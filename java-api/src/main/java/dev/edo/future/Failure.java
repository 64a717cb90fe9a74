package dev.edo.future;

import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** How combinators keep, combine and throw what futures failed with. */
final class Failure {
    private Failure() {}

    /** The first failure, with a later one suppressed in it. */
    static Throwable join(@Nullable Throwable first, Throwable later) {
        if (first == null) {
            return later;
        }
        if (first != later) {
            first.addSuppressed(later);
        }
        return first;
    }

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
