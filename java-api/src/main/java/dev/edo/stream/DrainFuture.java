package dev.edo.stream;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.internal.SpentFuture;
import org.jspecify.annotations.Nullable;

/**
 * What takes elements out of a stream until it ends or one of them decides.
 *
 * <p>Algorithm: takes what is ready in a loop. A stream that honours the budget ends the loop itself;
 * one that does not is left after more elements than a task's budget has units, so that others run.
 *
 * <p>Origin: tokio-stream's {@code all} and {@code any} pause in the same way; here {@code fold} and
 * {@code collect} do, too.
 *
 * @param <T> the type of the elements
 * @param <R> the type of the result
 */
abstract class DrainFuture<T, R extends @Nullable Object> implements Future<R> {
    private static final int MOST_ELEMENTS_PER_POLL = 256;

    private final String name;
    private final boolean owner;
    private @Nullable Stream<T> source;

    /** An owner cancels the stream where it gives up before the end; a borrower leaves it alone. */
    DrainFuture(String name, Stream<T> source, boolean owner) {
        this.name = name;
        this.source = source;
        this.owner = owner;
    }

    /** Takes one element, and tells whether to go on. */
    abstract boolean accept(T element) throws Exception;

    /** Called once, after the last element. */
    abstract R result();

    @Override
    public final Poll<R> poll(Context cx) throws Exception {
        var running = source;
        if (running == null) {
            throw SpentFuture.polledAgain(name);
        }
        try {
            if (!drain(running, cx)) {
                return Poll.pending();
            }
            source = null;
            return Poll.ready(result());
        } catch (Throwable t) {
            StreamFailure.cancelAfter(t, this::cancel);
            throw t;
        }
    }

    /** {@return whether the result is there} */
    private boolean drain(Stream<T> running, Context cx) throws Exception {
        for (int i = 0; i < MOST_ELEMENTS_PER_POLL; i++) {
            var element = running.pollNext(cx);
            if (element == null) {
                return running.isTerminated();
            }
            if (!accept(element)) {
                return true;
            }
        }
        cx.waker().wake();
        return false;
    }

    @Override
    public final void cancel() {
        var running = source;
        source = null;
        if (running != null && owner) {
            running.cancel();
        }
    }
}
