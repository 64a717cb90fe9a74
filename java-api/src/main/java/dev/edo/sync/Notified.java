package dev.edo.sync;

import dev.edo.future.Context;
import dev.edo.future.InfallibleFuture;
import dev.edo.future.Poll;
import dev.edo.future.Waker;
import dev.edo.internal.SpentFuture;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * A wait for a notification of a {@link Notify}.
 *
 * <pre>{@code
 * var change = notify.notified();
 * change.enable(); // from now on notifyOne reaches it
 * if (queue.isEmpty()) {
 *     change.await();
 * } else {
 *     change.cancel(); // what it may have received goes to the next
 * }
 * }</pre>
 *
 * <p><em>Cancel safety:</em> {@link #cancel()} leaves the queue; a notification by
 * {@code notifyOne} that was received and not seen goes to the next waiter, or is kept. The place
 * in the queue is lost.
 *
 * @see <a
 *     href="https://docs.rs/tokio/latest/tokio/sync/futures/struct.Notified.html">tokio::sync::futures::Notified</a>
 */
public final class Notified extends Waiter implements InfallibleFuture<@Nullable Void> {
    /** Not notified by {@code notifyOne}. */
    static final int NONE = 0;
    /** Notified as the one that waited longest. */
    static final int FIRST = 1;
    /** Notified as the one that waited shortest. */
    static final int LAST = 2;

    private static final VarHandle NOTIFICATION;

    static {
        try {
            NOTIFICATION = MethodHandles.lookup().findVarHandle(Notified.class, "notification", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private enum Phase {
        INITIAL,
        QUEUED,
        /** Notified, which {@link #enable} has said and {@code poll} will say. */
        RECEIVED,
        DONE,
        CANCELLED
    }

    private final Notify notify;
    private final long madeAtCall;
    private int notification;
    private Phase phase = Phase.INITIAL;

    Notified(Notify notify, long madeAtCall) {
        this.notify = notify;
        this.madeAtCall = madeAtCall;
    }

    /**
     * Takes the place in the queue without waiting, or takes a notification that is there already.
     * What was taken so counts as seen: the next poll is ready, and cancelling does not hand it on.
     *
     * @return whether this is notified
     * @throws IllegalStateException after {@link #cancel()}
     */
    public boolean enable() {
        return switch (phase) {
            case CANCELLED -> throw SpentFuture.polledAgain();
            case RECEIVED, DONE -> true;
            case INITIAL, QUEUED -> {
                boolean received = receive(null);
                if (received) {
                    phase = Phase.RECEIVED;
                }
                yield received;
            }
        };
    }

    @Override
    public Poll<@Nullable Void> poll(Context cx) {
        if (phase == Phase.DONE || phase == Phase.CANCELLED) {
            throw SpentFuture.polledAgain();
        }
        if (!cx.pollProceed()) {
            return Poll.pending();
        }
        if (phase != Phase.RECEIVED && !receive(cx.waker())) {
            return Poll.pending();
        }
        phase = Phase.DONE;
        cx.madeProgress();
        return Poll.ready();
    }

    private boolean receive(@Nullable Waker current) {
        if (phase == Phase.QUEUED) {
            return isNotified() || notify.pollQueued(this, current);
        }
        waker = current;
        if (notify.receiveOrWait(this)) {
            waker = null;
            return true;
        }
        phase = Phase.QUEUED;
        return false;
    }

    @Override
    public void cancel() {
        boolean queued = phase == Phase.QUEUED;
        if (phase != Phase.DONE) {
            phase = Phase.CANCELLED;
        }
        if (queued) {
            notify.leave(this);
        }
    }

    /** Of a queued waiter. The answer no is good for the moment only, unless under the lock. */
    boolean isNotified() {
        return (int) NOTIFICATION.getAcquire(this) != NONE || notify.calls() != madeAtCall;
    }

    /** Under the lock: how {@code notifyOne} has chosen this. */
    int notification() {
        return notification;
    }

    /** Under the lock; the last thing done with a waiter that was taken out, for it may go at once. */
    void mark(int how) {
        NOTIFICATION.setRelease(this, how);
    }

    long madeAtCall() {
        return madeAtCall;
    }
}
