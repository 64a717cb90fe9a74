package dev.edo.sync;

import dev.edo.future.CheckReturnValue;
import dev.edo.future.Context;
import dev.edo.future.InfallibleFuture;
import dev.edo.future.Poll;
import java.util.Collection;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Receives what the senders of an mpsc channel send, in the order in which they sent. Made by
 * {@link Mpsc}.
 *
 * <p>It belongs to one task or thread at a time; only {@link #close()}, and the questions that
 * change nothing, are for everybody. The end comes as null: after all senders were closed, or after
 * {@link #close()}, and then when everything that was sent has been received.
 *
 * <pre>{@code
 * // direct style
 * for (Job job; (job = receiver.recv().await()) != null; ) {
 *     run(job);
 * }
 *
 * // stackless: in the poll of a hand-written future
 * while (receiver.pollRecv(cx) instanceof Poll.Ready<Job>(var job)) {
 *     if (job == null) {
 *         return Poll.ready();
 *     }
 *     run(job);
 * }
 * return Poll.pending();
 * }</pre>
 *
 * <p>Who stops before the end should {@link #close()} the receiver, so that senders learn of it,
 * and go on receiving until null where messages want an answer: what stays in the channel is left
 * to the garbage collector, also where it is {@link AutoCloseable}.
 *
 * @param <T> the type of the messages
 * @see <a
 *     href="https://docs.rs/tokio/latest/tokio/sync/mpsc/struct.Receiver.html">tokio::sync::mpsc::Receiver</a>
 */
public final class MpscReceiver<T> implements AutoCloseable {
    private final MpscChannel<T> channel;

    MpscReceiver(MpscChannel<T> channel) {
        this.channel = channel;
    }

    /**
     * Waits for the next message.
     *
     * <p><em>Cancel safety:</em> a cancelled wait has received nothing, and loses nothing.
     *
     * @return the future of the message, or of null at the end
     */
    @CheckReturnValue
    public InfallibleFuture<@Nullable T> recv() {
        return new MpscRecv<>(channel);
    }

    /**
     * Waits until there is something, and takes what there is, up to a limit.
     *
     * <p><em>Cancel safety:</em> a cancelled wait has received nothing.
     *
     * @param buffer where messages are added, by the poll that completes; a message that it refuses
     *     by an exception is lost
     * @param limit how many at most; with 0 it completes at once
     * @return the future of their number; of 0 at the end
     * @throws IllegalArgumentException when the limit is negative
     */
    @CheckReturnValue
    public InfallibleFuture<Integer> recvMany(Collection<? super T> buffer, int limit) {
        return new MpscRecvMany<>(channel, Objects.requireNonNull(buffer, "buffer"), checkLimit(limit));
    }

    /**
     * Takes the next message, if there is one.
     *
     * @return the message, or why there is none. Where a sender is about to put one in it waits for
     *     that moment.
     */
    public TryRecv<T> tryRecv() {
        return channel.tryPoll();
    }

    /**
     * Waits for the next message: {@code recv().await()} under the name that says what it does to a
     * platform thread.
     *
     * <p><em>Blocking:</em> parks the thread. A task in direct style is parked without its worker.
     *
     * @return the message, or null at the end
     * @throws IllegalStateException inside a stackless task, whose worker must not be blocked
     * @throws java.util.concurrent.CancellationException when interrupted
     */
    public @Nullable T blockingRecv() {
        return recv().await();
    }

    /**
     * Waits until there is something, and takes what there is, up to a limit.
     *
     * <p><em>Blocking:</em> as {@link #blockingRecv()}.
     *
     * @param buffer where messages are added
     * @param limit how many at most; with 0 it returns at once
     * @return how many; 0 at the end
     * @throws IllegalArgumentException when the limit is negative
     * @throws IllegalStateException inside a stackless task, whose worker must not be blocked
     * @throws java.util.concurrent.CancellationException when interrupted
     */
    public int blockingRecvMany(Collection<? super T> buffer, int limit) {
        return recvMany(buffer, limit).await();
    }

    /**
     * Takes the next message, or registers to be woken. Where several contexts poll in turn, the
     * last one is woken.
     *
     * @param cx whom to wake, and the budget
     * @return the message, null at the end, or pending
     */
    public Poll<@Nullable T> pollRecv(Context cx) {
        return channel.poll(cx);
    }

    /**
     * Takes what there is, up to a limit, or registers to be woken. Costs one unit of the budget.
     *
     * @param cx whom to wake, and the budget
     * @param buffer where messages are added
     * @param limit how many at most
     * @return how many, 0 at the end or when the limit is 0, or pending
     * @throws IllegalArgumentException when the limit is negative
     */
    public Poll<Integer> pollRecvMany(Context cx, Collection<? super T> buffer, int limit) {
        return channel.pollMany(cx, buffer, checkLimit(limit));
    }

    private static int checkLimit(int limit) {
        if (limit < 0) {
            throw new IllegalArgumentException("limit=" + limit
                    + " is negative; it is how many messages are taken at most");
        }
        return limit;
    }

    /**
     * Lets no more messages in. Senders that wait fail; what was sent can be received, and by
     * permits that were given out something may still come. Idempotent; whoever waits in
     * {@link #recv()} is woken.
     */
    @Override
    public void close() {
        channel.closeReceiver();
    }

    /** {@return whether this was closed, or all senders were; there may be messages to receive still} */
    public boolean isClosed() {
        return channel.isClosed();
    }

    /** {@return whether there is no message} */
    public boolean isEmpty() {
        return channel.size() == 0;
    }

    /** {@return how many messages there are, those included that are being sent at this moment} */
    public int len() {
        return channel.size();
    }

    /** {@return for how many messages there is room now; the greatest number where nothing limits them} */
    public int capacity() {
        return channel.capacity();
    }

    /** {@return the room of the empty channel, in messages; the greatest number where nothing limits it} */
    public int maxCapacity() {
        return channel.maxCapacity();
    }

    /** {@return how many senders, and permits that they gave out, are open} */
    public int senderStrongCount() {
        return channel.strongCount();
    }

    /** {@return how many weak senders are open} */
    public int senderWeakCount() {
        return channel.weakCount();
    }

    @Override
    public String toString() {
        return "MpscReceiver[" + channel + "]";
    }
}
