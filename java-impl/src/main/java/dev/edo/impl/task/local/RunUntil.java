package dev.edo.impl.task.local;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.impl.scheduler.ThreadContext;
import org.jspecify.annotations.Nullable;

/**
 * Waits for a future and runs the tasks of a local set meanwhile. The future comes first, with the
 * budget of the waiting task.
 *
 * @param <T> the type of the value
 */
final class RunUntil<T extends @Nullable Object> extends LocalWait implements Future<T> {
    private final LocalSetImpl set;
    private final Future<T> future;

    RunUntil(LocalSetImpl set, Future<T> future) {
        this.set = set;
        this.future = future;
    }

    @Override
    public Poll<T> poll(Context cx) throws Exception {
        var context = set.begin(this, cx);
        var outer = context.local;
        boolean outerInScheduler = context.inScheduler;
        context.local = set;
        context.inScheduler = true;
        Poll<T> poll;
        boolean ended = true;
        try {
            poll = future.poll(cx);
            ended = poll.isReady();
        } finally {
            context.inScheduler = outerInScheduler;
            context.local = outer;
            if (ended) {
                set.end(this);
            }
        }
        if (!ended) {
            turn(context, cx);
        }
        return poll;
    }

    private void turn(ThreadContext context, Context cx) {
        try {
            set.turn(context, cx);
        } catch (Throwable t) { // a task of the set threw: this one fails, and nobody will cancel it
            try {
                cancel();
            } catch (Throwable later) {
                if (later != t) {
                    t.addSuppressed(later);
                }
            }
            throw t;
        }
    }

    @Override
    public void cancel() {
        try {
            future.cancel();
        } finally {
            set.end(this);
        }
    }
}
