package dev.edo.stream;

import dev.edo.future.Waker;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * The subscription that a {@link PublishFuture} gives its subscriber: how much was asked for.
 *
 * <p>{@code requested} (all that was ever asked for, saturated), {@code badRequest} and {@code cancelled}:
 * written by the subscriber's threads, read by the task. {@code waker}: written by the task, taken by
 * whoever writes one of them. First these and then {@code waker} there, {@code waker} before these here, all
 * volatile: either the task sees the change, or the subscriber sees the waker. So a request from inside
 * {@code onNext}, where no waker is set, is a mere addition.
 */
final class Demand implements Flow.Subscription {
    private static final VarHandle REQUESTED;
    private static final VarHandle WAKER;

    static {
        try {
            var lookup = MethodHandles.lookup();
            REQUESTED = lookup.findVarHandle(Demand.class, "requested", long.class);
            WAKER = lookup.findVarHandle(Demand.class, "waker", Waker.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private volatile long requested;
    private volatile @Nullable IllegalArgumentException badRequest;
    private volatile boolean cancelled;
    private volatile @Nullable Waker waker;

    @Override
    public void request(long n) {
        if (cancelled) {
            return;
        }
        if (n <= 0) {
            badRequest = new IllegalArgumentException(
                    "n=" + n + " must be larger than zero (rule 3.9 of reactive streams)");
        } else {
            long before;
            long sum;
            do {
                before = requested;
                sum = before + n < 0 ? Long.MAX_VALUE : before + n;
            } while (!REQUESTED.compareAndSet(this, before, sum));
        }
        wake();
    }

    @Override
    public void cancel() {
        if (!cancelled) {
            cancelled = true;
            wake();
        }
    }

    private void wake() {
        if (waker != null) {
            var waiting = (Waker) WAKER.getAndSet(this, null);
            if (waiting != null) {
                waiting.wake();
            }
        }
    }

    void setWaker(@Nullable Waker newWaker) {
        if (waker != newWaker) {
            waker = newWaker;
        }
    }

    boolean isCancelled() {
        return cancelled;
    }

    @Nullable IllegalArgumentException badRequest() {
        return badRequest;
    }

    /** Whether more than this many elements were asked for. */
    boolean exceeds(long sent) {
        long all = requested;
        return all == Long.MAX_VALUE || all > sent;
    }
}
