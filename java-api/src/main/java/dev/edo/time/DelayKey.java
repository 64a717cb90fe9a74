package dev.edo.time;

import org.jspecify.annotations.Nullable;

/**
 * Names one value in a {@link DelayQueue}, from its insertion until it is taken out.
 *
 * <p>A key is never given to a second value: one whose value has expired or was removed is stale
 * for good, and the queue's methods say so by what they return. It then holds on to nothing.
 *
 * <pre>{@code
 * var key = queue.insert(session, Duration.ofSeconds(30));
 * if (!queue.reset(key, Duration.ofSeconds(30))) {
 *     throw new IllegalStateException("the session has expired");
 * }
 * }</pre>
 *
 * @see <a href="https://docs.rs/tokio-util/latest/tokio_util/time/delay_queue/struct.Key.html">tokio_util::time::delay_queue::Key</a>
 */
public final class DelayKey {
    final DelayQueue<?> queue;
    /** Where it lies, at {@link #index}; null before and after. */
    @Nullable DelayHeap heap;
    int index;
    long deadlineNanos;
    /** Tells equal deadlines apart, in the order in which they were set. */
    long order;
    @Nullable Object value;

    DelayKey(DelayQueue<?> queue, @Nullable Object value, long deadlineNanos) {
        this.queue = queue;
        this.value = value;
        this.deadlineNanos = deadlineNanos;
    }

    boolean isBefore(DelayKey other) {
        return deadlineNanos != other.deadlineNanos
                ? deadlineNanos < other.deadlineNanos
                : order < other.order;
    }
}
