package dev.edo.task;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import org.jspecify.annotations.Nullable;

/** Aborts all tasks of a set and waits until they have ended. */
final class JoinSetShutdown implements Future<@Nullable Void> {
    /** Null when this ended. */
    private @Nullable JoinSet<?> set;

    private boolean aborted;

    JoinSetShutdown(JoinSet<?> set) {
        this.set = set;
    }

    @Override
    public Poll<@Nullable Void> poll(Context cx) {
        var from = set;
        if (from == null) {
            throw new IllegalStateException("shutdown was polled after it completed or was cancelled; make a new one");
        }
        if (!aborted) {
            aborted = true;
            from.abortAll();
        }
        for (;;) {
            switch (from.pollJoinNext(cx)) {
                case Poll.Pending<?> _ -> {
                    return Poll.pending();
                }
                case Poll.Ready(var result) -> {
                    if (result == null) {
                        set = null;
                        return Poll.ready();
                    }
                }
            }
        }
    }

    @Override
    public void cancel() {
        var from = set;
        if (from != null) {
            set = null;
            from.forget();
        }
    }
}
