package dev.edo.impl.time;

import dev.edo.future.Context;
import dev.edo.future.Waker;

/** A timer whose owner acts as if it were on a given worker. */
final class TestTimer extends TimerEntry {
    private volatile int homeShard;

    TestTimer(TimeDriver driver, int homeShard, long deadlineNanos) {
        super(driver, deadlineNanos);
        this.homeShard = homeShard;
    }

    @Override
    int homeShard() {
        return homeShard;
    }

    void migrateTo(int shard) {
        homeShard = shard;
    }

    /** Whether it is over. */
    boolean poll(Waker waker) {
        return pollElapsed(Context.of(waker)).isReady();
    }
}
