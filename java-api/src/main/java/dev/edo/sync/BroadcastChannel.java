package dev.edo.sync;

import dev.edo.internal.SpinLock;
import dev.edo.internal.WakeFailure;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * What the senders and receivers of a broadcast channel share: a ring of messages.
 *
 * <p>Algorithm: a message gets the next position, under the lock, and goes to the slot of that
 * position, whatever is there; the sender then wakes who waits, without the lock. A receiver knows
 * the position that it reads next. It looks into that slot without a lock:
 *
 * <pre>
 * the message there has | means
 * ----------------------+------------------------------------------------------------------
 * that position         | it is the one
 * a later one           | the receiver lags: it goes on at the oldest message of now
 * an earlier one, none  | nothing was sent since; it waits, or the channel is closed
 * </pre>
 *
 * <p>Invariants: {@code tail} is guarded by the lock; the slots and {@code receiverCount} are
 * written under it. So a message counts exactly the receivers whose position is not beyond it.
 * {@code strong} becomes smaller under it, and once 0 stays 0: no message follows.
 *
 * <p>Ordering: slots and {@code strong} are written before {@code receivers} is woken,
 * {@code receiverCount} before {@code closing} is; see {@link WaiterGroup} for the other side.
 *
 * <p>Origin: Tokio's {@code sync/broadcast.rs}. There a slot has a lock, under which a receiver
 * clones the value, and a receiver that has nothing to read takes the sender's lock. Here a slot
 * refers to an immutable message, and receivers take a lock only to begin, to end and when they
 * lag, at the price of one small object for each message.
 *
 * @param <T> the type of the messages
 */
final class BroadcastChannel<T extends @Nullable Object> extends ManyReceivers {
    private static final int MAX_CAPACITY = 1 << 30;
    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(BroadcastMessage[].class);
    private static final VarHandle STRONG;
    private static final VarHandle WEAK;

    static {
        try {
            var lookup = MethodHandles.lookup();
            STRONG = lookup.findVarHandle(BroadcastChannel.class, "strong", int.class);
            WEAK = lookup.findVarHandle(BroadcastChannel.class, "weak", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
        linkCallSites();
    }

    private final SpinLock lock = new SpinLock();
    private final @Nullable BroadcastMessage<?>[] slots;
    private long tail;
    private volatile int receiverCount;

    @SuppressWarnings("FieldMayBeFinal") // written through STRONG
    private volatile int strong = 1;

    @SuppressWarnings("unused") // read and written through WEAK
    private volatile int weak;

    BroadcastChannel(int capacity) {
        if (capacity < 1 || capacity > MAX_CAPACITY) {
            throw new IllegalArgumentException("capacity=" + capacity + " is out of range; a broadcast channel"
                    + " keeps 1 to " + MAX_CAPACITY + " messages");
        }
        int powerOfTwo = Integer.highestOneBit(capacity);
        slots = new BroadcastMessage<?>[powerOfTwo == capacity ? capacity : powerOfTwo << 1];
    }

    /** Runs all that runs under the lock once, because linking may park, which it must not do there. */
    private static void linkCallSites() {
        var channel = new BroadcastChannel<Integer>(1);
        long next = channel.addReceiver();
        channel.send(0);
        channel.removeReceiver(next);
        channel.releaseStrong();
    }

    int capacity() {
        return slots.length;
    }

    /**
     * Sends.
     *
     * @return how many receivers there were; with 0, nothing was sent
     * @throws IllegalStateException when the last sender was closed meanwhile
     */
    int send(T value) {
        int count;
        boolean closed;
        lock.lock();
        try { // the message may find no memory
            closed = strong == 0;
            count = receiverCount;
            if (count > 0 && !closed) {
                long position = tail;
                SLOT.setVolatile(slots, index(position), new BroadcastMessage<>(position, value, count));
                tail = position + 1;
            }
        } finally {
            lock.unlock();
        }
        if (closed) { // while another thread was sending by it
            throw BroadcastSender.closedBefore();
        }
        if (count > 0) {
            WakeFailure.raise(receivers.wakeAll(null));
        }
        return count;
    }

    /** {@return the message in the slot of a position, whichever it is} */
    @SuppressWarnings("unchecked") // only send() writes
    @Nullable BroadcastMessage<T> at(long position) {
        return (BroadcastMessage<T>) SLOT.getVolatile(slots, index(position));
    }

    private int index(long position) {
        return (int) position & (slots.length - 1);
    }

    /** {@return the position after the last message's; exact, so it takes the lock} */
    long tail() {
        lock.lock();
        long end = tail;
        lock.unlock();
        return end;
    }

    /**
     * Counts the messages that some receiver has yet to take. A receiver takes them in order, so
     * those that all have taken are the oldest.
     */
    int len() {
        long end = tail();
        long low = Math.max(0, end - slots.length);
        long high = end;
        while (low < high) {
            long middle = (low + high) >>> 1;
            var message = at(middle);
            if (message != null && (message.position > middle
                    || message.position == middle && message.isTakenByAll())) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return (int) (end - low);
    }

    /** {@return the position at which the new receiver begins} */
    long addReceiver() {
        lock.lock();
        receiverCount++;
        long next = tail;
        lock.unlock();
        return next;
    }

    /** A receiver goes, which has taken all messages before a position; it takes the others now. */
    void removeReceiver(long next) {
        lock.lock();
        boolean last = --receiverCount == 0;
        long end = tail;
        lock.unlock();
        for (long position = Math.max(next, end - slots.length); position < end; position++) {
            var message = at(position);
            if (message != null && message.position == position) {
                message.take();
            }
        }
        if (last) {
            WakeFailure.raise(closing.wakeAll(null));
        }
    }

    @Override
    int receiverCount() {
        return receiverCount;
    }

    /** One sender more, unless there is none. */
    boolean retainStrong() {
        while (true) {
            int count = strong;
            if (count == 0) {
                return false;
            }
            if (STRONG.compareAndSet(this, count, count + 1)) {
                return true;
            }
        }
    }

    /** A sender goes; with the last one the channel is closed for receivers, and nothing comes behind its end. */
    void releaseStrong() {
        lock.lock();
        boolean last = (int) STRONG.getAndAdd(this, -1) == 1;
        lock.unlock();
        if (last) {
            WakeFailure.raise(receivers.wakeAll(null));
        }
    }

    int strongCount() {
        return strong;
    }

    void retainWeak() {
        WEAK.getAndAdd(this, 1);
    }

    void releaseWeak() {
        WEAK.getAndAdd(this, -1);
    }

    int weakCount() {
        return weak;
    }
}
