package dev.edo.bench.peer;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * {@code async { begin().await }}: what comes before the waiting is done in the first poll.
 *
 * @param <T> the type of the value
 */
public final class AsyncBlock<T extends @Nullable Object> implements Future<T> {
    private final Callable<? extends Future<T>> begin;
    private @Nullable Future<T> waiting;

    /**
     * Makes the block.
     *
     * @param begin returns what is awaited
     */
    public AsyncBlock(Callable<? extends Future<T>> begin) {
        this.begin = begin;
    }

    @Override
    public Poll<T> poll(Context cx) throws Exception {
        var current = waiting;
        if (current == null) {
            current = begin.call();
            waiting = current;
        }
        return current.poll(cx);
    }
}
