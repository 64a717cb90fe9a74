package dev.edo.impl.contract;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.future.Waker;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A future that completes when the test says so, and tells what was done to it.
 *
 * @param <T> the type of its value
 */
public final class Gate<T extends @Nullable Object> implements Future<T> {
    /** Open after the first poll that was pending. */
    public final CountDownLatch waiting = new CountDownLatch(1);

    /** Open after {@code cancel()}. */
    public final CountDownLatch cancelled = new CountDownLatch(1);

    private final AtomicInteger polls = new AtomicInteger();
    private final AtomicInteger cancels = new AtomicInteger();
    private @Nullable Waker waker;
    private @Nullable Poll<T> result;

    @Override
    public Poll<T> poll(Context cx) {
        polls.incrementAndGet();
        synchronized (this) {
            if (result != null) {
                return result;
            }
            waker = cx.waker();
        }
        waiting.countDown();
        return Poll.pending();
    }

    @Override
    public void cancel() {
        cancels.incrementAndGet();
        synchronized (this) {
            waker = null;
        }
        cancelled.countDown();
    }

    /** Lets it complete; from any thread. */
    public void open(T value) {
        Waker woken;
        synchronized (this) {
            result = Poll.ready(value);
            woken = waker;
            waker = null;
        }
        if (woken != null) {
            woken.wake();
        }
    }

    /** Wakes whoever waits without letting it complete. */
    public void nudge() {
        Waker woken;
        synchronized (this) {
            woken = waker;
        }
        if (woken != null) {
            woken.wake();
        }
    }

    public int polls() {
        return polls.get();
    }

    public int cancels() {
        return cancels.get();
    }
}
