package dev.edo.task;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.future.Waker;
import dev.edo.internal.SpentFuture;
import org.jspecify.annotations.Nullable;

/** Aborts all tasks of a collection and waits until they have ended. */
final class JoinShutdown implements Future<@Nullable Void> {
    private final Runnable abortAll;

    /** Null when this ended. */
    private JoinNext.@Nullable Source<?> source;

    /** Of the last poll, which was pending. */
    private @Nullable Waker registered;

    private boolean aborted;

    JoinShutdown(JoinNext.Source<?> source, Runnable abortAll) {
        this.source = source;
        this.abortAll = abortAll;
    }

    @Override
    public Poll<@Nullable Void> poll(Context cx) {
        var from = source;
        if (from == null) {
            throw SpentFuture.polledAgain("shutdown");
        }
        if (!aborted) {
            aborted = true;
            abortAll.run();
        }
        while (from.poll(cx, this) instanceof Poll.Ready(var result)) {
            if (result == null) {
                source = null;
                return Poll.ready();
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
