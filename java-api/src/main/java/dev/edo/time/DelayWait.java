package dev.edo.time;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import org.jspecify.annotations.Nullable;

/**
 * One {@link DelayQueue#next()} or {@link DelayQueue#take()}.
 *
 * @param <T> the type of the values
 */
final class DelayWait<T extends @Nullable Object> implements Future<@Nullable Expired<T>> {
    private final DelayQueue<T> queue;
    private final boolean alsoWhileEmpty;
    private boolean polled;
    private boolean over;

    DelayWait(DelayQueue<T> queue, boolean alsoWhileEmpty) {
        this.queue = queue;
        this.alsoWhileEmpty = alsoWhileEmpty;
    }

    @Override
    public Poll<@Nullable Expired<T>> poll(Context cx) {
        if (over) {
            throw new IllegalStateException("a wait for a delay queue was polled after it completed"
                    + " or was cancelled; call next() or take() for each value");
        }
        polled = true;
        var taken = queue.poll(cx, alsoWhileEmpty, this);
        over = taken.isReady();
        return taken;
    }

    @Override
    public void cancel() {
        if (!over) {
            over = true;
            if (polled) {
                queue.abandonWait(this);
            }
        }
    }
}
