package dev.edo.sync;

import dev.edo.future.Await;
import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import org.jspecify.annotations.Nullable;

/**
 * A wait for capacity of a channel, and what is done with it. The place in the queue of those that
 * wait is taken by the first poll.
 *
 * <pre>{@code
 * sender.send(job).await();
 *
 * var permit = sender.reserve().await();
 * permit.send(expensiveJob());
 * }</pre>
 *
 * <p><em>Cancel safety:</em> {@link #cancel()} leaves the queue; nothing was sent. Capacity that
 * was assigned meanwhile goes to the next.
 *
 * <p><em>Errors:</em> fails with {@link MpscSendError} when the receiver was closed.
 *
 * @param <T> nothing when it sends, the permit when it reserves
 */
public interface MpscSendFuture<T extends @Nullable Object> extends Future<T> {
    @Override
    Poll<T> poll(Context cx) throws MpscSendError;

    /**
     * Waits, as every {@link Future#await()} does.
     *
     * @return the value
     * @throws MpscSendError when the receiver was closed
     * @throws java.util.concurrent.CancellationException when interrupted or aborted
     */
    @Override
    default T await() throws MpscSendError {
        return Await.<T, MpscSendError>await(this);
    }
}
