package dev.edo.task;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.future.Waker;
import dev.edo.internal.SpentFuture;
import org.jspecify.annotations.Nullable;

/**
 * Takes all results of a collection of tasks, until one failed.
 *
 * @param <R> how a task ended
 * @param <C> what the values are put into
 */
final class JoinAllFuture<R, C> implements Future<C> {
    /** Puts the value of a task that completed to the others; throws what a failed one failed with. */
    @FunctionalInterface
    interface Put<R, C> {
        void into(C values, R result) throws JoinError;
    }

    private final C values;
    private final Put<R, C> put;
    private final Runnable close;

    /** Null when this ended. */
    private JoinNext.@Nullable Source<@Nullable R> source;

    /** Of the last poll, which was pending. */
    private @Nullable Waker registered;

    /**
     * Takes all results.
     *
     * @param source where they come from
     * @param values empty
     * @param put puts them into it
     * @param close closes the collection, when one has failed
     */
    JoinAllFuture(JoinNext.Source<@Nullable R> source, C values, Put<R, C> put, Runnable close) {
        this.source = source;
        this.values = values;
        this.put = put;
        this.close = close;
    }

    @Override
    public Poll<C> poll(Context cx) throws JoinError {
        var from = source;
        if (from == null) {
            throw SpentFuture.polledAgain("joinAll");
        }
        while (from.poll(cx, this) instanceof Poll.Ready(var result)) {
            if (result == null) {
                source = null;
                return Poll.ready(values);
            }
            try {
                put.into(values, result);
            } catch (JoinError e) {
                source = null;
                close.run();
                throw e;
            }
        }
        registered = cx.waker();
        return Poll.pending();
    }

    @Override
    public void cancel() {
        var from = source;
        var waker = registered;
        registered = null;
        source = null;
        if (from != null && waker != null) {
            from.forget(this, waker);
        }
    }
}
