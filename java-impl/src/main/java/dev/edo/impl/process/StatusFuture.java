package dev.edo.impl.process;

import dev.edo.future.Context;
import dev.edo.future.IoFuture;
import dev.edo.future.Poll;
import dev.edo.process.ExitStatus;
import java.io.IOException;

/** Waits for the end of a child that nobody else has. */
final class StatusFuture implements IoFuture<ExitStatus> {
    private final ChildImpl child;
    private final WaitFuture wait;

    StatusFuture(ChildImpl child) {
        this.child = child;
        this.wait = new WaitFuture(child);
    }

    @Override
    public Poll<ExitStatus> poll(Context cx) throws IOException {
        try {
            return wait.poll(cx);
        } catch (IOException | RuntimeException | Error e) {
            child.close();
            throw e;
        }
    }

    @Override
    public void cancel() {
        wait.cancel();
        child.close();
    }
}
