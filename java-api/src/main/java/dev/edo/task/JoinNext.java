package dev.edo.task;

import dev.edo.future.Await;
import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.future.Waker;
import dev.edo.internal.SpentFuture;
import org.jspecify.annotations.Nullable;

/**
 * Waits for the next task of a collection to end; made by {@code joinNext()} of {@link JoinSet},
 * {@link JoinMap} and {@link JoinQueue}. Awaiting it throws nothing checked: how the task ended is
 * in the result.
 *
 * <p><em>Cancel safety:</em> a task is taken out of its collection by the poll that completes this
 * future, so giving up loses nothing.
 *
 * <pre>{@code
 * for (var next = set.joinNext().await(); next != null; next = set.joinNext().await()) {
 *     use(next.get());
 * }
 * }</pre>
 *
 * @param <R> what tells how the task ended; null when the collection is empty
 */
public final class JoinNext<R extends @Nullable Object> implements Future<R> {
    private final Source<R> source;

    /** Of the last poll, which was pending. */
    private @Nullable Waker registered;

    private boolean ended;

    /** The collection. */
    interface Source<R extends @Nullable Object> {
        /** Polls for a wait, by which the waits for one collection are told apart. */
        Poll<R> poll(Context cx, Object wait);

        /** A wait that registered this waker is given up; where another one was polled since, does nothing. */
        void forget(Object wait, Waker waker);
    }

    JoinNext(Source<R> source) {
        this.source = source;
    }

    @Override
    public Poll<R> poll(Context cx) {
        if (ended) {
            throw SpentFuture.polledAgain("joinNext");
        }
        var poll = source.poll(cx, this);
        ended = poll.isReady();
        registered = ended ? null : cx.waker();
        return poll;
    }

    @Override
    public void cancel() {
        ended = true;
        var waker = registered;
        if (waker != null) {
            registered = null;
            source.forget(this, waker);
        }
    }

    @Override
    public R await() {
        return Await.<R, RuntimeException>await(this);
    }
}
