package dev.edo.fs;

import dev.edo.future.Context;
import dev.edo.future.IoFuture;
import dev.edo.future.Poll;
import dev.edo.internal.BlockingCalls;
import dev.edo.internal.SpentFuture;
import dev.edo.task.JoinError;
import dev.edo.task.JoinHandle;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * One call on the blocking pool, begun by the first poll. Giving up drops a call that waits for a thread;
 * one that has begun goes on.
 *
 * <p>Origin: {@code asyncify} in Tokio's fs/mod.rs, which also makes a call that nobody waits for any more.
 */
final class BlockingFuture<T extends @Nullable Object> implements IoFuture<T> {
    private final String what;

    /** Null once begun or cancelled. */
    private @Nullable Callable<T> call;

    /** Null when this has not begun, has completed or was cancelled. */
    private @Nullable JoinHandle<T> running;

    /**
     * A call.
     *
     * @param what for messages
     */
    BlockingFuture(String what, Callable<T> call) {
        this.what = what;
        this.call = call;
    }

    @Override
    public Poll<T> poll(Context cx) throws IOException {
        var job = running;
        if (job == null) {
            job = BlockingCalls.OF_CURRENT_RUNTIME.spawn(begin());
            running = job;
        }
        try {
            var result = job.poll(cx);
            if (result.isReady()) {
                running = null;
            }
            return result;
        } catch (JoinError e) {
            running = null;
            throw BlockingCalls.failure(what, e);
        }
    }

    private Callable<T> begin() {
        var begun = call;
        if (begun == null) {
            throw SpentFuture.polledAgain();
        }
        call = null;
        return begun;
    }

    @Override
    public void cancel() {
        var job = running;
        call = null;
        running = null;
        if (job != null) {
            job.cancel();
            job.abort();
        }
    }
}
