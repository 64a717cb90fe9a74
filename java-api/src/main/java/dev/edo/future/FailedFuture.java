package dev.edo.future;

import dev.edo.internal.SpentFuture;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Future#failed} returns.
 *
 * @param <T> the type of the value that never comes
 */
final class FailedFuture<T extends @Nullable Object> implements Future<T> {
    private @Nullable Throwable failure;

    FailedFuture(Throwable failure) {
        this.failure = Objects.requireNonNull(failure, "failure");
    }

    @Override
    public Poll<T> poll(Context cx) throws Exception {
        var thrown = failure;
        if (thrown == null) {
            throw SpentFuture.polledAgain("Future.failed");
        }
        failure = null;
        throw Failure.raise(thrown);
    }

    @Override
    public void cancel() {
        failure = null;
    }
}
