package dev.edo.impl.sync;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Waker;
import dev.edo.sync.AcquireError;

/** A future that actors poll, and whether it was woken. */
final class StressedWait implements Waker {
    static final String PENDING = "pending";
    static final String READY = "ready";
    static final String CLOSED = "closed";

    private final Context cx = Context.of(this);
    private final Future<?> future;
    private volatile boolean woken;

    StressedWait(Future<?> future) {
        this.future = future;
    }

    /** One that was polled, and is pending. */
    static StressedWait queued(Future<?> future) {
        var wait = new StressedWait(future);
        if (wait.poll() != PENDING) {
            throw new IllegalStateException("a future that must wait did not");
        }
        return wait;
    }

    String poll() {
        return poll(cx);
    }

    /** Polls as a task that has moved to another waker, which counts as woken like the first. */
    String pollWithNewWaker() {
        return poll(Context.of(() -> woken = true));
    }

    private String poll(Context with) {
        try {
            return future.poll(with).isReady() ? READY : PENDING;
        } catch (AcquireError e) {
            return CLOSED;
        } catch (Exception e) {
            throw new IllegalStateException("a wait failed", e);
        }
    }

    void cancel() {
        future.cancel();
    }

    @Override
    public void wake() {
        woken = true;
    }

    boolean woken() {
        return woken;
    }
}
