package dev.edo.time;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;

/** One {@link Interval#tick()}. */
final class IntervalTick implements Future<Instant> {
    private final Interval interval;
    private boolean polled;
    private boolean over;

    IntervalTick(Interval interval) {
        this.interval = interval;
    }

    @Override
    public Poll<Instant> poll(Context cx) {
        if (over) {
            throw new IllegalStateException("tick polled after it completed or was cancelled;"
                    + " call Interval.tick() for each tick");
        }
        polled = true;
        var tick = interval.poll(cx, this);
        over = tick.isReady();
        return tick;
    }

    @Override
    public void cancel() {
        if (!over) {
            over = true;
            if (polled) {
                interval.abandonTick(this);
            }
        }
    }
}
