package dev.edo.sync;

import dev.edo.future.Context;
import dev.edo.future.Poll;
import dev.edo.internal.WakeFailure;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * What the senders and the receiver of an mpsc channel share.
 *
 * <p>Algorithm: messages go through the list. A send ends with {@link AtomicWaker#wake}; the
 * receiver looks, registers its waker, and looks again. The channel is over for the receiver in one
 * of two ways:
 *
 * <ul>
 *   <li>the list is sealed and read to its end: by the last sender that is closed, and, where nothing
 *       limits the channel, by the receiver;
 *   <li>the receiver closed it, and all capacity is back: each message, and each permit for one, holds
 *       some, so there is no message and nobody who may still send one. Whoever gives capacity back after
 *       the close, and finds all of it back, wakes the receiver.
 * </ul>
 *
 * <p>Invariants: {@code strong} counts open senders and the permits they gave out; once 0 it stays
 * 0. The receiver's close is visible before {@code closedWaiters} is emptied under its lock, and
 * whoever enters looks for it under the lock. {@code poll}, {@code pollMany} and {@code tryPoll}
 * are for one thread at a time.
 *
 * <p>Origin: Tokio's {@code sync/mpsc/chan.rs}. It departs where Rust's borrow checker answers:
 * {@code close} of the receiver may be called while another thread receives, and a permit counts as
 * a sender, for it may outlive the one that gave it out.
 *
 * @param <T> the type of the messages
 */
abstract class MpscChannel<T> {
    private static final int SPINS_BEFORE_YIELD = 128;
    private static final VarHandle STRONG;
    private static final VarHandle WEAK;

    static {
        try {
            var lookup = MethodHandles.lookup();
            STRONG = lookup.findVarHandle(MpscChannel.class, "strong", int.class);
            WEAK = lookup.findVarHandle(MpscChannel.class, "weak", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Before the padded tail and head: what follows those on the heap is written with every message. */
    private final AtomicWaker receiver = new AtomicWaker();

    private final ListTail tail = new ListTail();
    private final ListHead head = tail.head();
    private final WaitList closedWaiters = new WaitList();

    @SuppressWarnings("FieldMayBeFinal") // written through STRONG
    private volatile int strong;

    private volatile int weak;

    /** How often the receiver has registered a waker: the receiver's, to tell its waits apart. */
    private int registrations;

    /** With one sender. */
    MpscChannel() {
        STRONG.setRelease(this, 1); // nobody knows it yet
    }

    // --- capacity

    /** The receiver took messages out of the list: their capacity is back. */
    abstract void received();

    /** {@return whether the receiver has closed, and nobody holds capacity or will} */
    abstract boolean isDrained();

    /** Grants no more capacity: the receiver closes. Idempotent; over when it returns, whoever began it. */
    abstract void closeCapacity();

    abstract boolean isReceiverClosed();

    /** As {@link #isReceiverClosed}, but true from the close's first step on; never waits for the next. */
    abstract boolean isReceiverClosing();

    /** {@return how many messages can be sent now without waiting} */
    abstract int capacity();

    abstract int maxCapacity();

    // --- senders

    /** {@return whether the message will be received; not when the list is sealed} */
    final boolean push(T message) {
        if (!tail.push(message)) {
            return false;
        }
        receiver.wake();
        return true;
    }

    /** After capacity was given back: a receiver that has closed waits for the last of it. */
    final void wakeReceiverIfOver() {
        VarHandle.fullFence(); // for the one with which the receiver registers, or gives a message's capacity back
        if (isDrained()) {
            receiver.wake();
        }
    }

    /** Counts one sender more; false when all are closed. */
    final boolean retainStrong() {
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

    final void releaseStrong() {
        if ((int) STRONG.getAndAdd(this, -1) == 1) {
            seal(false);
            receiver.wake();
        }
    }

    /** Lets no more messages in; the caller wakes the receiver. */
    final void seal(boolean byReceiver) {
        tail.seal(byReceiver);
    }

    final boolean isSealedByReceiver() {
        return tail.isSealedByReceiver();
    }

    final boolean isBeingSealedByReceiver() {
        return tail.isBeingSealedByReceiver();
    }

    final void retainWeak() {
        WEAK.getAndAdd(this, 1);
    }

    final void releaseWeak() {
        WEAK.getAndAdd(this, -1);
    }

    final int strongCount() {
        return strong;
    }

    final int weakCount() {
        return weak;
    }

    /** A handle around one strong count, which the caller has taken. */
    abstract AutoCloseable newSender();

    /** Enters the list of those that wait for the receiver's end; false when that has come. */
    final boolean awaitClosed(MpscClosed waiter, Context cx) {
        if (isReceiverClosed()) {
            return false;
        }
        var current = cx.waker();
        closedWaiters.lock();
        boolean closing = isReceiverClosing();
        if (!closing) {
            if (waiter.waker == null) {
                closedWaiters.add(waiter);
            }
            waiter.waker = current;
        }
        closedWaiters.unlock();
        return !(closing && isReceiverClosed()); // which waits until everybody knows the end
    }

    /** A waiter that has entered leaves. */
    final void forgetClosed(MpscClosed waiter) {
        closedWaiters.lock();
        if (!isReceiverClosing()) {
            closedWaiters.remove(waiter);
            waiter.waker = null;
        }
        closedWaiters.unlock();
    }

    // --- receiver

    /** {@return the senders' end of the list} */
    final ListTail tail() {
        return tail;
    }

    final Poll<@Nullable T> poll(Context cx) {
        if (!cx.pollProceed()) {
            return Poll.pending();
        }
        var message = take();
        if (message == null && !isOver()) {
            register(cx);
            message = take();
            if (message == null && !isOver()) {
                return Poll.pending();
            }
        }
        cx.madeProgress();
        return Poll.ready(message);
    }

    final Poll<Integer> pollMany(Context cx, Collection<? super T> buffer, int limit) {
        if (!cx.pollProceed()) {
            return Poll.pending();
        }
        int taken = take(buffer, limit);
        if (taken == 0 && limit != 0 && !isOver()) {
            register(cx);
            taken = take(buffer, limit);
            if (taken == 0 && !isOver()) {
                return Poll.pending();
            }
        }
        cx.madeProgress();
        return Poll.ready(taken);
    }

    private void register(Context cx) {
        registrations++;
        receiver.register(cx.waker());
    }

    /** {@return the next message, or null if it is not there} */
    private @Nullable T take() {
        var message = pollList();
        if (message != null) {
            received();
        }
        return message;
    }

    private int take(Collection<? super T> buffer, int limit) {
        int taken = 0;
        try {
            while (taken < limit) {
                var message = pollList();
                if (message == null) {
                    break;
                }
                taken++;
                buffer.add(message);
            }
        } finally {
            if (taken != 0) {
                received();
            }
        }
        return taken;
    }

    @SuppressWarnings("unchecked") // only messages are pushed
    private @Nullable T pollList() {
        return (T) head.poll(tail);
    }

    final TryRecv<T> tryPoll() {
        int spins = 0;
        while (true) {
            // The end before the message: nothing comes after it. The size before the message: what is
            // counted has a sender that is writing it right now, or it can be taken.
            boolean over = isOver();
            boolean empty = tail.size() == 0;
            var message = take();
            if (message != null) {
                return new TryRecv.Received<>(message);
            }
            if (over) {
                return TryRecv.closed();
            }
            if (empty) {
                return TryRecv.empty();
            }
            if (++spins % SPINS_BEFORE_YIELD == 0) {
                Thread.yield();
            } else {
                Thread.onSpinWait();
            }
        }
    }

    private boolean isOver() {
        return head.isAtEnd() || isDrained();
    }

    /** {@return the number of the latest registration} */
    final int registrations() {
        return registrations;
    }

    /**
     * The wait with this registration is given up; where another one has registered since, does nothing. A task that
     * was aborted does so late, maybe in the middle of the poll of the next one, which is polled again then.
     */
    final void forgetReceiver(int registration) {
        if (registration == registrations) {
            var forgotten = receiver.take();
            if (forgotten != null && registration != registrations) { // it came meanwhile, on another thread
                forgotten.wake();
            }
        }
    }

    final void closeReceiver() {
        try {
            closeCapacity();
        } finally {
            closedWaiters.lock();
            var chain = closedWaiters.takeAll();
            closedWaiters.unlock();
            var failure = Waiter.wakeChain(chain, null);
            receiver.wake();
            WakeFailure.raise(failure);
        }
    }

    /** {@return whether one of the two sides has closed} */
    final boolean isClosed() {
        return isReceiverClosed() || strong == 0;
    }

    final int size() {
        return (int) Math.min(tail.size(), Integer.MAX_VALUE);
    }

    @Override
    public final String toString() {
        return "len=" + size() + ", senders=" + strong + (weak == 0 ? "" : ", weak=" + weak)
                + (isReceiverClosed() ? ", closed by the receiver" : "");
    }
}
