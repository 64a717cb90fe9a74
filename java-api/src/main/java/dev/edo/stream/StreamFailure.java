package dev.edo.stream;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** How failures pass through streams. */
final class StreamFailure {
    private StreamFailure() {}

    /** Throws a failure as it is; never returns. */
    static Exception raise(Throwable failure) throws Exception {
        if (failure instanceof Exception exception) {
            throw exception;
        }
        throw unchecked(failure);
    }

    /** A failure for methods without checked exceptions. */
    static RuntimeException unchecked(Throwable failure) {
        return switch (failure) {
            case RuntimeException unchecked -> unchecked;
            case IOException io -> new UncheckedIOException(io);
            case Error error -> throw error;
            default -> new CompletionException(failure);
        };
    }

    /** Cancels what a failure has ended; what that throws is suppressed in the failure. */
    static void cancelAfter(Throwable failure, Runnable cancel) {
        try {
            cancel.run();
        } catch (Throwable t) {
            if (t != failure) {
                failure.addSuppressed(t);
            }
        }
    }

    /** Cancels both, whatever the first one throws; what the second one throws then is suppressed in that. */
    static void cancelBoth(@Nullable Stream<?> first, @Nullable Stream<?> second) {
        try {
            if (first != null) {
                first.cancel();
            }
        } catch (Throwable t) {
            if (second != null) {
                cancelAfter(t, second::cancel);
            }
            throw t;
        }
        if (second != null) {
            second.cancel();
        }
    }
}
