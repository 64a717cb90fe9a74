package dev.edo.sync;

import dev.edo.future.Await;
import dev.edo.future.CheckReturnValue;
import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.future.Waker;
import dev.edo.internal.SpentFuture;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * Waits for the one value of a oneshot channel. Made by {@link Oneshot#channel()}.
 *
 * <p>It is itself the future of the value. As every future it is used by one task or thread at a
 * time; only {@link #close()} is for everybody.
 *
 * <pre>{@code
 * var answer = Oneshot.<Integer>channel();
 * Edo.spawn(() -> {
 *     answer.sender().send(42);
 * });
 * int value = answer.receiver().await();
 * }</pre>
 *
 * <p><em>Cancel safety:</em> {@link #cancel()}, which is also what a timeout or a select does that
 * has not got the value, gives the receiver up: the sender learns that nobody wants the value, and
 * a value that is there is dropped. To give up one wait only, and to wait again later, wait for
 * {@link #recv()}.
 *
 * <p><em>Errors:</em> fails with {@link OneshotRecvError} when the sender was closed without
 * sending, or this was closed before it sent.
 *
 * @param <T> the type of the value
 * @see <a
 *     href="https://docs.rs/tokio/latest/tokio/sync/oneshot/struct.Receiver.html">tokio::sync::oneshot::Receiver</a>
 */
public final class OneshotReceiver<T extends @Nullable Object> implements Future<T>, AutoCloseable {
    /*
     * Algorithm: this object is the channel, and one reference is its state.
     *
     *   state     means                               goes to
     *   --------  ----------------------------------  --------------------------------------
     *   null      no value; nobody waits              a waker, a value, DROPPED, CLOSED
     *   a Waker   no value; the receiver waits        null, a waker, a value, DROPPED, CLOSED
     *   a value   sent                                TAKEN
     *   NULL      sent, and the value is null         TAKEN
     *   Boxed     sent, and the value is a Waker      TAKEN
     *   DROPPED   the sender was closed first
     *   CLOSED    the receiver was closed first
     *   TAKEN     received, or dropped by the receiver
     *
     * Invariants: leaving the first two states is one compare-and-set, which also takes the
     * receiver's waker out: so there is one winner among a value, DROPPED and CLOSED, and the
     * winner wakes. From a value on only the receiver changes the state. The sender's waker is a
     * field of its own: it is stored before the sender looks at the state, and taken out after the
     * open states were left, all of it sequentially consistent; so one of the two sees the other.
     *
     * Origin: Tokio's sync/oneshot.rs. It departs in the state: there, bits say who may touch which
     * cell; here the reference is the cell. A second send is an error of the compiler there, and
     * one at run time here.
     */
    private static final VarHandle STATE;
    private static final VarHandle SENDER;

    static {
        try {
            var lookup = MethodHandles.lookup();
            STATE = lookup.findVarHandle(OneshotReceiver.class, "state", Object.class);
            SENDER = lookup.findVarHandle(OneshotReceiver.class, "sender", Waker.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private enum Mark {
        NULL,
        DROPPED,
        CLOSED,
        TAKEN
    }

    private record Boxed(Waker value) {}

    private volatile @Nullable Object state;

    /** Who waits for the end of the open states at the sender's end. */
    private volatile @Nullable Waker sender;

    /**
     * How often each end has registered a waker, to tell the waits of one task apart; the end's own. They wrap
     * around, and are narrow for the size of this object.
     */
    private short receiverWaits;

    private byte senderWaits;

    /** The receiver's: it has its result, or was cancelled. */
    private boolean over;

    OneshotReceiver() {}

    private static boolean isOpen(@Nullable Object state) {
        return state == null || state instanceof Waker;
    }

    private static boolean isValue(@Nullable Object state) {
        return !isOpen(state) && (!(state instanceof Mark) || state == Mark.NULL);
    }

    // --- the sender's

    boolean complete(T value) {
        Object message = value == null ? Mark.NULL : value instanceof Waker waker ? new Boxed(waker) : value;
        return leaveOpen(message) || rejected();
    }

    private boolean rejected() {
        var seen = state;
        if (seen == Mark.CLOSED) {
            return false;
        }
        throw new IllegalStateException(seen == Mark.DROPPED
                ? "this oneshot sender was closed; send before"
                : "this oneshot sender has sent its value already; make a channel for each value");
    }

    void closeSender() {
        leaveOpen(Mark.DROPPED);
    }

    /** Leaves the open states for another one, and wakes both ends; false when it was not open. */
    private boolean leaveOpen(Object next) {
        var seen = state;
        while (isOpen(seen)) {
            var witness = STATE.compareAndExchange(this, seen, next);
            if (witness == seen) {
                var ofSender = takeSender();
                try {
                    if (seen instanceof Waker waker) {
                        waker.wake();
                    }
                } finally {
                    if (ofSender != null) {
                        ofSender.wake();
                    }
                }
                return true;
            }
            seen = witness;
        }
        return false;
    }

    private @Nullable Waker takeSender() {
        return sender == null ? null : (Waker) SENDER.getAndSet(this, null);
    }

    boolean isReceiverClosed() {
        var seen = state;
        return seen == Mark.CLOSED || seen == Mark.TAKEN;
    }

    Poll<@Nullable Void> pollClosed(Context cx) {
        if (!cx.pollProceed()) {
            return Poll.pending();
        }
        if (isOpen(state)) {
            var waker = cx.waker();
            senderWaits++;
            if (sender != waker) {
                sender = waker;
            }
            if (isOpen(state)) {
                return Poll.pending();
            }
            sender = null;
        }
        cx.madeProgress();
        return Poll.ready();
    }

    /** {@return the number of the latest wait of the sender's} */
    byte senderWaits() {
        return senderWaits;
    }

    /** The sender's wait with this number and this waker is given up; a later one stays. */
    void forgetSender(byte wait, Waker waker) {
        if (wait == senderWaits) {
            SENDER.compareAndSet(this, waker, null);
        }
    }

    // --- the receiver's

    @Override
    public Poll<T> poll(Context cx) throws OneshotRecvError {
        if (over) {
            throw SpentFuture.polledAgain();
        }
        if (!cx.pollProceed()) {
            return Poll.pending();
        }
        Object seen = STATE.getAcquire(this);
        if (isOpen(seen)) {
            var waker = cx.waker();
            receiverWaits++;
            do {
                if (seen == waker) {
                    return Poll.pending();
                }
                // Nobody else registers. So where this fails, the channel is no longer open, or the wait of a task
                // that was aborted is given up right now, on another thread.
                Object witness = STATE.compareAndExchange(this, seen, waker);
                if (witness == seen) {
                    return Poll.pending();
                }
                seen = witness;
            } while (isOpen(seen));
        }
        cx.madeProgress();
        return Poll.ready(take(seen));
    }

    @Override
    public T await() throws OneshotRecvError {
        return Await.<T, OneshotRecvError>await(this);
    }

    /** Ends, with what a state says that is not open. */
    @SuppressWarnings("unchecked") // only a value of this channel is neither a mark nor boxed
    private T take(@Nullable Object seen) throws OneshotRecvError {
        over = true;
        if (seen == Mark.DROPPED) {
            throw new OneshotRecvError(
                    "oneshot channel closed: the sender was closed without sending a value");
        }
        if (seen == Mark.CLOSED) {
            throw new OneshotRecvError(
                    "oneshot channel closed: the receiver was closed before a value was sent");
        }
        STATE.setOpaque(this, Mark.TAKEN);
        Object value = seen == Mark.NULL ? null : seen instanceof Boxed(var waker) ? waker : seen;
        return (T) value;
    }

    /**
     * One wait for the value.
     *
     * <p><em>Cancel safety:</em> nothing is lost: cancelling it leaves this receiver as it is, so that it
     * may be waited for again.
     *
     * @return completes, or fails, as this does, which is then at its end
     */
    @CheckReturnValue
    public OneshotRecv<T> recv() {
        return new OneshotRecv<>(this);
    }

    /** {@return the number of the latest wait of the receiver's} */
    short receiverWaits() {
        return receiverWaits;
    }

    /** The wait with this number and this waker is given up; a later one, of the same task or another, stays. */
    void forgetReceiver(short wait, Waker waker) {
        if (wait == receiverWaits && STATE.getAcquire(this) == waker) {
            STATE.compareAndSet(this, waker, null);
        }
    }

    /**
     * Takes the value, if it is there.
     *
     * @return the value, or why there is none; after it was received once, that the channel is
     *     closed
     */
    public TryRecv<T> tryRecv() {
        if (over) {
            return TryRecv.closed();
        }
        Object seen = STATE.getAcquire(this);
        if (isOpen(seen)) {
            return TryRecv.empty();
        }
        if (!isValue(seen)) {
            over = true;
            return TryRecv.closed();
        }
        try {
            return new TryRecv.Received<>(take(seen));
        } catch (OneshotRecvError e) {
            throw new AssertionError("a value is neither of the marks", e);
        }
    }

    /**
     * Waits for the value: {@link #await()} under the name that says what it does to a platform
     * thread.
     *
     * <p><em>Blocking:</em> parks the thread. A task in direct style is parked without its worker.
     *
     * @return the value
     * @throws OneshotRecvError when no value will come
     * @throws IllegalStateException inside a stackless task, whose worker must not be blocked
     * @throws java.util.concurrent.CancellationException when interrupted
     */
    public T blockingRecv() throws OneshotRecvError {
        return await();
    }

    /**
     * Lets no value in: a later {@link OneshotSender#send} returns false. A value that was sent
     * before can still be received. Idempotent.
     */
    @Override
    public void close() {
        leaveOpen(Mark.CLOSED);
    }

    /** Gives the receiver up: as {@link #close()}, and drops the value if it is there. */
    @Override
    public void cancel() {
        if (!over) {
            over = true;
            // The waker is the canceller's own; there is no need to wake it.
            if (STATE.getAcquire(this) instanceof Waker mine) {
                STATE.compareAndSet(this, mine, null);
            }
            close();
            if (isValue(state)) {
                STATE.setOpaque(this, Mark.TAKEN);
            }
        }
    }

    /** {@return whether there is no value to be received now} */
    public boolean isEmpty() {
        return over || !isValue(state);
    }

    /** {@return whether this has had its result, or was cancelled, and so must not be polled again} */
    public boolean isTerminated() {
        return over;
    }

    String describe() {
        var seen = state;
        return isOpen(seen) ? "empty" : isValue(seen) ? "sent" : seen == Mark.TAKEN ? "received" : "closed";
    }

    @Override
    public String toString() {
        return "OneshotReceiver[" + describe() + "]";
    }
}
