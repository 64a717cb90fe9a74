package dev.edo.impl.task.local;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import org.jspecify.annotations.Nullable;

/**
 * Waits for a future and runs the tasks of a local set meanwhile. The future comes first, with the
 * budget of the waiting task.
 *
 * @param <T> the type of the value
 */
final class RunUntil<T extends @Nullable Object> implements Future<T> {
    private final LocalSetImpl set;
    private final Future<T> future;

    RunUntil(LocalSetImpl set, Future<T> future) {
        this.set = set;
        this.future = future;
    }

    @Override
    public Poll<T> poll(Context cx) throws Exception {
        var context = set.begin(cx);
        var outer = context.local;
        boolean outerInScheduler = context.inScheduler;
        context.local = set;
        context.inScheduler = true;
        Poll<T> poll;
        try {
            poll = future.poll(cx);
        } finally {
            context.inScheduler = outerInScheduler;
            context.local = outer;
        }
        if (!poll.isReady()) {
            set.turn(context, cx);
        }
        return poll;
    }

    @Override
    public void cancel() {
        future.cancel();
    }
}
