package dev.edo.impl.time;

import dev.edo.future.Future;
import dev.edo.impl.runtime.RuntimeHandle;
import dev.edo.runtime.RuntimeFlavor;
import dev.edo.spi.EdoProvider;
import dev.edo.spi.TimeProvider;
import dev.edo.time.Instant;
import dev.edo.time.Sleep;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Time, as the API asks for it: of the runtime that the calling thread is inside of. */
public final class TimeProviderImpl implements TimeProvider {
    private static final LongSupplier SYSTEM = Clock::systemNanos;

    @Override
    public Instant now() {
        return new Instant(Clock.anyDeviates() ? nanosOfCurrentRuntime() : Clock.systemNanos());
    }

    private static long nanosOfCurrentRuntime() {
        var clock = clockOfCurrentRuntime();
        return clock == null ? Clock.systemNanos() : clock.nanos();
    }

    @Override
    public LongSupplier clock() {
        var clock = clockOfCurrentRuntime();
        return clock == null ? SYSTEM : clock;
    }

    private static @Nullable Clock clockOfCurrentRuntime() {
        var runtime = RuntimeHandle.tryCurrent();
        var time = runtime == null ? null : runtime.timeOrNull();
        return time == null ? null : time.clock();
    }

    @Override
    public Sleep sleepUntil(Instant deadline) {
        return new SleepEntry(RuntimeHandle.current(), deadline);
    }

    @Override
    public void pause() {
        var runtime = RuntimeHandle.current();
        if (runtime.flavor() != RuntimeFlavor.CURRENT_THREAD) {
            throw new IllegalStateException("time can only be paused in a current-thread runtime,"
                    + " not in flavor=" + runtime.flavor() + "; build it with currentThread()");
        }
        runtime.time().pause();
    }

    @Override
    public void resume() {
        RuntimeHandle.current().time().resume();
    }

    @Override
    public Future<@Nullable Void> advance(Duration by) {
        if (by.isNegative()) {
            throw new IllegalArgumentException(
                    "by=" + by + " must not be negative: time only goes forward");
        }
        long nanos;
        try {
            nanos = by.toNanos();
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    "by=" + by + " is too long: the clock holds 292 years", e);
        }
        var driver = RuntimeHandle.current().time();
        return new AdvanceFuture(driver, nanos, EdoProvider.get().yieldNow());
    }
}
