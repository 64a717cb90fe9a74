package dev.edo.sync;

import dev.edo.internal.WakeFailure;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What the senders and receivers of a watch channel share.
 *
 * <p>Algorithm: one reference to an immutable {@link WatchSnapshot}, replaced by compare-and-set.
 * Whoever replaced it wakes the receivers. A receiver remembers the version that it saw last, and
 * waits while that is the current one.
 *
 * <p>Invariants: the version grows with each value; the closed bit, once set, stays, and the value
 * stays as it is then.
 *
 * <p>Ordering: {@code snapshot} is written before {@code receivers} is woken, {@code receiverCount}
 * before {@code closing} is; see {@link WaiterGroup} for the other side.
 *
 * <p>Origin: {@code Shared} of Tokio's {@code sync/watch.rs}. There the value is modified in place
 * under a lock that readers hold while they look at it, so that a slow reader stops the sender, and
 * the other readers behind it. Here values are immutable, reading is one read, and a function that
 * makes the next value runs without a lock.
 *
 * @param <T> the type of the value
 */
final class WatchChannel<T extends @Nullable Object> extends ManyReceivers {
    private static final VarHandle SNAPSHOT;
    private static final VarHandle SENDERS;
    private static final VarHandle RECEIVERS;

    static {
        try {
            var lookup = MethodHandles.lookup();
            SNAPSHOT = lookup.findVarHandle(WatchChannel.class, "snapshot", WatchSnapshot.class);
            SENDERS = lookup.findVarHandle(WatchChannel.class, "senderCount", int.class);
            RECEIVERS = lookup.findVarHandle(WatchChannel.class, "receiverCount", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private volatile WatchSnapshot<T> snapshot;

    @SuppressWarnings("FieldMayBeFinal") // written through SENDERS
    private volatile int senderCount = 1;

    @SuppressWarnings("FieldMayBeFinal") // written through RECEIVERS
    private volatile int receiverCount;

    WatchChannel(T first) {
        this.snapshot = WatchSnapshot.first(first);
    }

    WatchSnapshot<T> snapshot() {
        return snapshot;
    }

    int senderCount() {
        return senderCount;
    }

    @Override
    int receiverCount() {
        return receiverCount;
    }

    /** One sender more, unless there is none. */
    boolean retainSender() {
        while (true) {
            int count = senderCount;
            if (count == 0) {
                return false;
            }
            if (SENDERS.compareAndSet(this, count, count + 1)) {
                return true;
            }
        }
    }

    /** A sender goes; with the last one the channel is closed for receivers. */
    void removeSender() {
        if ((int) SENDERS.getAndAdd(this, -1) == 1) {
            var seen = snapshot;
            while (!SNAPSHOT.compareAndSet(this, seen, seen.closed())) {
                seen = snapshot;
            }
            WakeFailure.raise(receivers.wakeAll(null));
        }
    }

    /** {@return the current snapshot, of a channel that has a sender} */
    private WatchSnapshot<T> openSnapshot() {
        var seen = snapshot;
        if (seen.isClosed()) { // the last sender was closed while another thread was sending by it
            throw WatchSender.closedBefore();
        }
        return seen;
    }

    /** {@return the new receiver's place among {@link #receivers}} */
    int addReceiver() {
        RECEIVERS.getAndAdd(this, 1);
        return newPlace();
    }

    void removeReceiver() {
        if ((int) RECEIVERS.getAndAdd(this, -1) == 1) {
            WakeFailure.raise(closing.wakeAll(null));
        }
    }

    /**
     * Replaces the value.
     *
     * @param function makes the new value; called again where another sender was faster
     * @param always whether a new value that is the old one, by reference, counts as new
     * @return the snapshot that was replaced, or null if the value is still the same
     * @throws IllegalStateException when the last sender was closed meanwhile
     */
    @Nullable WatchSnapshot<T> update(UnaryOperator<T> function, boolean always) {
        while (true) {
            var seen = openSnapshot();
            var made = function.apply(seen.value);
            if (!always && made == seen.value) {
                return null;
            }
            if (SNAPSHOT.compareAndSet(this, seen, seen.next(made))) {
                WakeFailure.raise(receivers.wakeAll(null));
                return seen;
            }
        }
    }

    /**
     * Replaces the value, and returns the old one.
     *
     * @throws IllegalStateException when the last sender was closed meanwhile
     */
    T replace(T value) {
        while (true) {
            var seen = openSnapshot();
            if (SNAPSHOT.compareAndSet(this, seen, seen.next(value))) {
                WakeFailure.raise(receivers.wakeAll(null));
                return seen.value;
            }
        }
    }
}
