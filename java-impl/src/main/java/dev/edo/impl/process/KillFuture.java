package dev.edo.impl.process;

import dev.edo.future.Context;
import dev.edo.future.IoFuture;
import dev.edo.future.Poll;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Kills a child and waits for its end. */
final class KillFuture implements IoFuture<@Nullable Void> {
    private final ChildImpl child;
    private final WaitFuture wait;
    private boolean isKilled;

    KillFuture(ChildImpl child) {
        this.child = child;
        this.wait = new WaitFuture(child);
    }

    @Override
    public Poll<@Nullable Void> poll(Context cx) throws IOException {
        if (!isKilled) {
            child.startKill();
            isKilled = true;
        }
        return wait.poll(cx).isReady() ? Poll.ready() : Poll.pending();
    }

    @Override
    public void cancel() {
        wait.cancel();
    }
}
