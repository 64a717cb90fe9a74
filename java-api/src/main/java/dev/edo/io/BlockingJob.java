package dev.edo.io;

import dev.edo.future.Context;
import dev.edo.future.Poll;
import dev.edo.future.Waker;
import dev.edo.runtime.Handle;
import dev.edo.task.JoinError;
import dev.edo.task.JoinHandle;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * One call at a time on the blocking pool, for somebody who may stop waiting for it and come back
 * later.
 *
 * <p>Invariants: while {@code running} is not null the buffer of the owner belongs to the call.
 */
final class BlockingJob {
    /** What {@link #poll} returns while the call is running. */
    static final int PENDING = IoResult.PENDING;

    private final String what;
    private @Nullable JoinHandle<Integer> running;

    /** Of the last poll, which was pending. */
    private @Nullable Waker registered;

    BlockingJob(String what) {
        this.what = what;
    }

    boolean isRunning() {
        return running != null;
    }

    void start(Callable<Integer> call) {
        running = Handle.current().spawnBlocking(call);
    }

    /** {@return what the call returned, or PENDING} */
    int poll(Context cx) throws IOException {
        var job = running;
        if (job == null) {
            return 0;
        }
        try {
            if (!(job.poll(cx) instanceof Poll.Ready<Integer>(var result))) {
                registered = cx.waker();
                return PENDING;
            }
            ended();
            return result;
        } catch (JoinError e) {
            ended();
            throw failure(e);
        }
    }

    private void ended() {
        running = null;
        registered = null;
    }

    private IOException failure(JoinError e) {
        return switch (e.getCause()) {
            case IOException cause -> cause;
            case RuntimeException cause -> throw cause;
            case Error cause -> throw cause;
            case null, default -> new IOException(what + " failed: " + e.getMessage()
                    + "; the blocking pool drops what has not begun when its runtime shuts down", e);
        };
    }

    /** Who polled with this waker waits no more; the call goes on, and so does a later wait for it. */
    void forget(Waker waker) {
        var job = running;
        if (job != null && registered == waker) {
            registered = null;
            job.cancel();
        }
    }
}
