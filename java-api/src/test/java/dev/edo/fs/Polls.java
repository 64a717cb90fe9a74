package dev.edo.fs;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.future.Waker;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Polls by hand, counts the wake-ups, and has a budget. */
final class Polls implements Context, Waker {
    private final AtomicInteger wakes = new AtomicInteger();
    int budget = Integer.MAX_VALUE;

    @Override
    public Waker waker() {
        return this;
    }

    @Override
    public void wake() {
        wakes.incrementAndGet();
    }

    @Override
    public boolean pollProceed() {
        return budget > 0;
    }

    @Override
    public void madeProgress() {
        budget--;
    }

    boolean isWoken() {
        return wakes.get() > 0;
    }

    /** The value of a future that must be there now. */
    static <T extends @Nullable Object> T now(Future<T> future) throws Exception {
        if (future.poll(new Polls()) instanceof Poll.Ready<T>(var value)) {
            return value;
        }
        throw new AssertionError("pending");
    }

    /** Polls a future that must have to wait. */
    Polls waitsFor(Future<?> future) throws Exception {
        if (future.poll(this) instanceof Poll.Ready<?>(var value)) {
            throw new AssertionError("ready: " + value);
        }
        return this;
    }
}
