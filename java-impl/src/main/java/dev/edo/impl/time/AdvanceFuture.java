package dev.edo.impl.time;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import org.jspecify.annotations.Nullable;

/** Moves the paused clock at the first poll, then lets the tasks run whose timers came due. */
final class AdvanceFuture implements Future<@Nullable Void> {
    private final TimeDriver driver;
    private final long byNanos;
    private final Future<@Nullable Void> yield;
    private boolean moved;
    private boolean over;

    AdvanceFuture(TimeDriver driver, long byNanos, Future<@Nullable Void> yield) {
        this.driver = driver;
        this.byNanos = byNanos;
        this.yield = yield;
    }

    @Override
    public Poll<@Nullable Void> poll(Context cx) throws Exception {
        if (over) {
            throw new IllegalStateException("advance polled after it completed or was cancelled;"
                    + " call TestClock.advance(duration) for each move");
        }
        if (!moved) {
            moved = true;
            driver.advance(byNanos);
        }
        var polled = yield.poll(cx);
        over = polled.isReady();
        return polled;
    }

    @Override
    public void cancel() {
        if (!over) {
            over = true;
            yield.cancel();
        }
    }
}
