package dev.edo.impl.task.coroutine;

import dev.edo.impl.scheduler.LookOut;
import java.util.function.BooleanSupplier;

/**
 * How a platform thread that awaits a future looks out for the wake-up before it parks.
 *
 * <p>Coalescing: where one wake-up after the other comes at once, somebody on another core produces faster than this
 * thread consumes, and each message pays for a wake-up and for cache lines that go to and fro. Then the thread lets a
 * microsecond's worth of messages gather before it polls again, as network drivers do with interrupts.
 *
 * <p>Virtual threads do not look out, and workers only for jobs of the blocking pool. Of one thread; not thread-safe.
 */
public final class AwaitSpin {
    private static final int MAX_MISSES = 4;
    private static final int LOOKS_AT_ONCE = 8;
    private static final int AT_ONCE_IN_A_ROW = 4;
    private static final long COALESCING_NANOS = 1_000;

    private final LookOut lookOut = new LookOut(MAX_MISSES);
    private int wokenAtOnce;

    /** Looks until the condition holds or it is time to park; false where it did not hold. */
    boolean until(BooleanSupplier woken) {
        if (!lookOut.isDue()) {
            return false;
        }
        if (!LookOut.look(woken, LOOKS_AT_ONCE)) {
            wokenAtOnce = 0;
            return lookOut.lookAll(woken);
        }
        if (wokenAtOnce < AT_ONCE_IN_A_ROW) {
            wokenAtOnce++;
        } else {
            coalesce();
        }
        lookOut.hit();
        return true;
    }

    private static void coalesce() {
        long startNanos = System.nanoTime();
        do {
            Thread.onSpinWait();
        } while (System.nanoTime() - startNanos < COALESCING_NANOS);
    }
}
