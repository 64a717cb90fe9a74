package dev.edo.sync;

import dev.edo.future.Await;
import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.future.Waker;
import dev.edo.internal.SpentFuture;
import org.jspecify.annotations.Nullable;

/**
 * One wait for a oneshot's value that may be given up and taken up again, made by
 * {@link OneshotReceiver#recv()}.
 *
 * <pre>{@code
 * try {
 *     answer = receiver.recv().timeout(Duration.ofSeconds(1)).await();
 * } catch (Elapsed e) {
 *     System.out.println("still waiting");
 *     answer = receiver.await();
 * }
 * }</pre>
 *
 * <p><em>Cancel safety:</em> {@link #cancel()} leaves the receiver as it is.
 *
 * <p><em>Errors:</em> fails with {@link OneshotRecvError} when no value will come.
 *
 * @param <T> the type of the value
 */
public final class OneshotRecv<T extends @Nullable Object> implements Future<T> {
    private final OneshotReceiver<T> receiver;
    private @Nullable Waker registered;
    private short registration;
    private boolean over;

    OneshotRecv(OneshotReceiver<T> receiver) {
        this.receiver = receiver;
    }

    @Override
    public Poll<T> poll(Context cx) throws OneshotRecvError {
        if (over) {
            throw SpentFuture.polledAgain();
        }
        boolean ended = true;
        try {
            short before = receiver.receiverWaits();
            var poll = receiver.poll(cx);
            ended = poll.isReady();
            short now = receiver.receiverWaits();
            if (now != before) {
                registered = cx.waker();
                registration = now;
            }
            return poll;
        } finally {
            over = ended;
            if (ended) {
                registered = null;
            }
        }
    }

    @Override
    public T await() throws OneshotRecvError {
        return Await.<T, OneshotRecvError>await(this);
    }

    @Override
    public void cancel() {
        if (!over) {
            over = true;
            var mine = registered;
            if (mine != null) {
                registered = null;
                receiver.forgetReceiver(registration, mine);
            }
        }
    }
}
