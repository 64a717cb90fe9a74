package dev.edo.stream;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.time.DelayQueue;
import dev.edo.time.Expired;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Stream#from(DelayQueue)} returns. Whether it has ended is what the last poll found, and not
 * whether the queue is empty now: any thread may have inserted something since, which wakes nobody.
 */
final class DelayQueueStream<T extends @Nullable Object> implements Stream<Expired<T>> {
    private final DelayQueue<T> queue;
    private @Nullable Future<@Nullable Expired<T>> wait;
    private boolean foundEmpty;
    private boolean cancelled;

    DelayQueueStream(DelayQueue<T> queue) {
        this.queue = Objects.requireNonNull(queue, "queue");
    }

    @Override
    public @Nullable Expired<T> pollNext(Context cx) throws Exception {
        if (cancelled) {
            return null;
        }
        var current = wait;
        if (current == null) {
            current = queue.next();
            wait = current;
        }
        foundEmpty = false;
        if (!(current.poll(cx) instanceof Poll.Ready(var expired))) {
            return null;
        }
        wait = null;
        foundEmpty = expired == null;
        return expired;
    }

    @Override
    public boolean isTerminated() {
        return foundEmpty || cancelled;
    }

    @Override
    public void cancel() {
        cancelled = true;
        var current = wait;
        if (current != null) {
            wait = null;
            current.cancel();
        }
    }

    @Override
    public SizeHint sizeHint() {
        return cancelled ? SizeHint.NONE : SizeHint.UNKNOWN;
    }
}
