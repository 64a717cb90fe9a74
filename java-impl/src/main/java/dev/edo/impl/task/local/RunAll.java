package dev.edo.impl.task.local;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import org.jspecify.annotations.Nullable;

/** Waits until a local set is empty and runs its tasks meanwhile. */
final class RunAll extends LocalWait implements Future<@Nullable Void> {
    private final LocalSetImpl set;

    RunAll(LocalSetImpl set) {
        this.set = set;
    }

    @Override
    public Poll<@Nullable Void> poll(Context cx) {
        var context = set.begin(this, cx);
        boolean ended = true;
        try {
            ended = !set.turn(context, cx) && set.isEmpty();
        } finally {
            if (ended) {
                set.end(this);
            }
        }
        return ended ? Poll.ready() : Poll.pending();
    }

    @Override
    public void cancel() {
        set.end(this);
    }
}
