package dev.edo.future;

import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A branch that a select leaves out once its value does not match; elsewhere it never completes
 * then.
 *
 * @param <T> the type of the value
 */
final class MatchingFuture<T extends @Nullable Object> implements Future<T> {
    private final Future<T> future;
    private final Predicate<? super T> predicate;
    private boolean mismatched;

    MatchingFuture(Future<T> future, Predicate<? super T> predicate) {
        this.future = Objects.requireNonNull(future, "future");
        this.predicate = Objects.requireNonNull(predicate, "predicate");
    }

    /** Whether a branch has ended with a value that is not wanted; a select may have it wrapped once more. */
    static boolean isMismatched(@Nullable Future<?> branch) {
        if (branch instanceof MatchingFuture<?> matching) {
            return matching.mismatched || isMismatched(matching.future);
        }
        return branch instanceof KeptFuture<?> kept && isMismatched(kept.kept());
    }

    @Override
    public Poll<T> poll(Context cx) throws Exception {
        if (mismatched) {
            return Poll.pending();
        }
        var poll = future.poll(cx);
        if (poll instanceof Poll.Ready<T>(var value) && !predicate.test(value)) {
            mismatched = true;
            return Poll.pending();
        }
        return poll;
    }

    @Override
    public void cancel() {
        if (!mismatched) {
            future.cancel();
        }
    }
}
