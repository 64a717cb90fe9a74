package dev.edo.internal;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.future.Waker;
import dev.edo.io.IoResult;
import dev.edo.runtime.RuntimeShutdownException;
import dev.edo.task.JoinError;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One call at a time on the blocking pool, or one that the kernel makes by itself, for somebody who may stop waiting for
 * it and come back later.
 *
 * <p>Algorithm: this is the waker of the call's handle, and calls that of who waits, which stands in
 * {@code waiting}. Who gives a wait up takes its own waker out by compare-and-set, so that it may do so
 * on another thread while the next one polls.
 *
 * <p>Invariants: while {@code running} is not null the buffer of the owner belongs to the call.
 */
public final class BlockingJob implements Waker {
    /** What {@link #poll} returns while the call is running. */
    public static final int PENDING = IoResult.PENDING;

    private final String what;
    private final BlockingCalls calls;
    private final Context ofCall = Context.of(this);
    private final AtomicReference<@Nullable Waker> waiting = new AtomicReference<>();
    private @Nullable Future<Long> running;

    /** A job on the pool of the current runtime; what it does is for messages. */
    public BlockingJob(String what) {
        this(what, BlockingCalls.OF_CURRENT_RUNTIME);
    }

    /** A job whose calls are made elsewhere. */
    public BlockingJob(String what, BlockingCalls calls) {
        this.what = what;
        this.calls = calls;
    }

    /** {@return whether a call was begun whose end nobody has seen} */
    public boolean isRunning() {
        return running != null;
    }

    /** Begins a call, which is dropped if its runtime shuts down first. */
    public void start(Callable<Long> call) {
        running = calls.spawn(call);
    }

    /** Goes on with a call that was begun elsewhere. */
    public void start(Future<Long> begun) {
        running = begun;
    }

    /**
     * Begins a call that is made even if its runtime shuts down first.
     *
     * @throws RuntimeShutdownException where that has happened already; the call is not made then
     */
    public void startMandatory(Callable<Long> call) throws RuntimeShutdownException {
        var begun = calls.spawnMandatory(call);
        if (begun == null) {
            throw new RuntimeShutdownException(what + " failed: the runtime has been shut down");
        }
        running = begun;
    }

    /** {@return what the call returned, or PENDING; 0 where none is running} */
    public long poll(Context cx) throws IOException {
        var job = running;
        if (job == null) {
            return 0;
        }
        if (!cx.pollProceed()) {
            return PENDING;
        }
        waiting.set(cx.waker()); // before the look at the call
        try {
            if (!(job.poll(ofCall) instanceof Poll.Ready<Long>(var result))) {
                return PENDING;
            }
            ended(cx);
            return result;
        } catch (JoinError e) {
            ended(cx);
            throw BlockingCalls.failure(what, e);
        } catch (IOException | RuntimeException | Error e) {
            ended(cx);
            throw e;
        } catch (Exception e) {
            ended(cx);
            throw new IOException(what + " failed: " + e, e);
        }
    }

    private void ended(Context cx) {
        running = null;
        waiting.set(null);
        cx.madeProgress();
    }

    /** Who polled with this waker waits no more; the call goes on, and so does a later wait for it. */
    public void forget(Waker waker) {
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
