package dev.edo.io;

import dev.edo.future.Context;
import dev.edo.future.Poll;
import dev.edo.future.Waker;
import dev.edo.runtime.Handle;
import dev.edo.task.JoinError;
import dev.edo.task.JoinHandle;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One call at a time on the blocking pool, for somebody who may stop waiting for it and come back
 * later.
 *
 * <p>Algorithm: this is the waker of the call's handle, and calls that of who waits, which stands in
 * {@code waiting}. Who gives a wait up takes its own waker out by compare-and-set, so that it may do so
 * on another thread while the next one polls.
 *
 * <p>Invariants: while {@code running} is not null the buffer of the owner belongs to the call.
 */
final class BlockingJob implements Waker {
    /** What {@link #poll} returns while the call is running. */
    static final int PENDING = IoResult.PENDING;

    private final String what;
    private final Context ofCall = Context.of(this);
    private final AtomicReference<@Nullable Waker> waiting = new AtomicReference<>();
    private @Nullable JoinHandle<Integer> running;

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
        if (!cx.pollProceed()) {
            return PENDING;
        }
        waiting.set(cx.waker()); // before the look at the call
        try {
            if (!(job.poll(ofCall) instanceof Poll.Ready<Integer>(var result))) {
                return PENDING;
            }
            ended(cx);
            return result;
        } catch (JoinError e) {
            ended(cx);
            throw failure(e);
        }
    }

    private void ended(Context cx) {
        running = null;
        waiting.set(null);
        cx.madeProgress();
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
        waiting.compareAndSet(waker, null);
    }

    /** The call has ended. */
    @Override
    public void wake() {
        var waker = waiting.getAndSet(null);
        if (waker != null) {
            waker.wake();
        }
    }
}
