package dev.edo.task;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A future that holds a token until it has ended.
 *
 * @param <T> the type of the value
 */
final class TrackedFuture<T extends @Nullable Object> implements Future<T> {
    private final TaskTrackerToken token;
    private final Future<T> future;

    TrackedFuture(TaskTrackerToken token, Future<T> future) {
        this.token = token;
        this.future = Objects.requireNonNull(future, "future");
    }

    @Override
    public Poll<T> poll(Context cx) throws Exception {
        boolean ended = true;
        try {
            var poll = future.poll(cx);
            ended = poll.isReady();
            return poll;
        } finally {
            if (ended) {
                token.close();
            }
        }
    }

    @Override
    public void cancel() {
        try {
            future.cancel();
        } finally {
            token.close();
        }
    }
}
