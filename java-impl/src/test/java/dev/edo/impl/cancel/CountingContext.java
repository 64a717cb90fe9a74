package dev.edo.impl.cancel;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.future.Waker;
import dev.edo.impl.contract.Eventually;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What a future is polled with here: counts its polls, its await points (polls that were pending)
 * and its wake-ups.
 */
final class CountingContext implements Context {
    private final AtomicInteger wakes = new AtomicInteger();
    private final Waker waker = wakes::incrementAndGet;
    private int polls;
    private int awaitPoints;

    @Override
    public Waker waker() {
        return waker;
    }

    <T extends @Nullable Object> Poll<T> poll(Future<T> future) throws Exception {
        polls++;
        var poll = future.poll(this);
        if (!poll.isReady()) {
            awaitPoints++;
        }
        return poll;
    }

    int polls() {
        return polls;
    }

    int awaitPoints() {
        return awaitPoints;
    }

    int wakes() {
        return wakes.get();
    }

    void awaitWakeAfter(int before, String what) throws Exception {
        Eventually.until(() -> what + ": no wake-up at await point " + awaitPoints, () -> wakes.get() != before);
    }
}
