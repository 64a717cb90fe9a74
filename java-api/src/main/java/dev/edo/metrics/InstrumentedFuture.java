package dev.edo.metrics;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.internal.SpentFuture;
import org.jspecify.annotations.Nullable;

/**
 * A future whose polls are measured.
 *
 * @param <T> the type of the value
 */
final class InstrumentedFuture<T extends @Nullable Object> extends Instrumented implements Future<T> {
    private final Future<T> future;

    InstrumentedFuture(TaskMonitor monitor, Future<T> future) {
        super(monitor);
        this.future = future;
    }

    @Override
    public Poll<T> poll(Context cx) throws Exception {
        if (isDropped()) {
            throw SpentFuture.polledAgain("an instrumented future");
        }
        beginPoll(cx);
        boolean ended = true;
        try {
            var poll = future.poll(this);
            ended = !(poll instanceof Poll.Pending);
            return poll;
        } finally {
            endPoll(!ended);
            if (ended) {
                drop();
            }
        }
    }

    @Override
    public void cancel() {
        if (!isDropped()) {
            try {
                future.cancel();
            } finally {
                drop();
            }
        }
    }
}
