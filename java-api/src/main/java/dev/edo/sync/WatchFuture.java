package dev.edo.sync;

import dev.edo.future.Await;
import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import org.jspecify.annotations.Nullable;

/**
 * A future of a {@link WatchReceiver}: fails with nothing but {@link WatchRecvError} (and unchecked
 * exceptions).
 *
 * <pre>{@code
 * try {
 *     Config config = receiver.waitFor(Config::isComplete).await();
 * } catch (WatchRecvError closed) {
 *     useDefaults();
 * }
 * }</pre>
 *
 * @param <T> the type of the value
 */
@FunctionalInterface
public interface WatchFuture<T extends @Nullable Object> extends Future<T> {
    @Override
    Poll<T> poll(Context cx) throws WatchRecvError;

    /**
     * Waits for the value, as every {@link Future#await()} does.
     *
     * @return the value
     * @throws WatchRecvError when all senders are closed and the last value has been seen
     * @throws java.util.concurrent.CancellationException when interrupted or aborted
     */
    @Override
    default T await() throws WatchRecvError {
        return Await.<T, WatchRecvError>await(this);
    }
}
