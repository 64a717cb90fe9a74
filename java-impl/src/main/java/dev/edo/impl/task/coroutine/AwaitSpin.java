package dev.edo.impl.task.coroutine;

import java.util.function.BooleanSupplier;

/**
 * How a platform thread that awaits a future looks out for the wake-up before it parks: parking and being unparked cost
 * more than the work of many a future, above all where the processor halts meanwhile. It looks for about as long as
 * that takes, and the more rarely the less it helped: a thread whose futures take longer soon parks at once, and
 * tries again after a few of them. After the first microseconds it gives its processor to whoever else wants it, in
 * between: there may be fewer of them than workers and threads that look out.
 *
 * <p>Coalescing: where one wake-up after the other comes at once, somebody on another core produces faster than this
 * thread consumes, and each message pays for a wake-up and for cache lines that go to and fro. Then the thread lets a
 * microsecond's worth of messages gather before it polls again, as network drivers do with interrupts.
 *
 * <p>Workers do not look out like that before they sleep, nor do virtual threads. Of one thread; not thread-safe.
 */
public final class AwaitSpin {
    private static final long LIMIT_NANOS = 50_000;
    private static final int MAX_MISSES = 4;
    private static final int LOOKS_PER_YIELD = 256;
    private static final int LOOKS_AT_ONCE = 8;
    private static final int AT_ONCE_IN_A_ROW = 4;
    private static final long COALESCING_NANOS = 1_000;
    private static final boolean SEVERAL_CORES = Runtime.getRuntime().availableProcessors() > 1;

    private int misses;
    private int pauses;
    private int wokenAtOnce;

    /** Looks until the condition holds or it is time to park; false where it did not hold. */
    boolean until(BooleanSupplier woken) {
        if (!SEVERAL_CORES || --pauses >= 0) {
            return false;
        }
        if (look(woken, LOOKS_AT_ONCE)) {
            if (wokenAtOnce < AT_ONCE_IN_A_ROW) {
                wokenAtOnce++;
            } else {
                coalesce();
            }
            return hit();
        }
        wokenAtOnce = 0;
        long startNanos = System.nanoTime();
        do {
            if (look(woken, LOOKS_PER_YIELD)) {
                return hit();
            }
            Thread.yield(); // whoever it waits for may need this processor
        } while (System.nanoTime() - startNanos < LIMIT_NANOS);
        misses = Math.min(misses + 1, MAX_MISSES);
        pauses = (1 << misses) - 1;
        return false;
    }

    private static boolean look(BooleanSupplier woken, int times) {
        for (int i = 0; i < times; i++) {
            if (woken.getAsBoolean()) {
                return true;
            }
            Thread.onSpinWait();
        }
        return false;
    }

    private boolean hit() {
        misses = 0;
        pauses = 0;
        return true;
    }

    private static void coalesce() {
        long startNanos = System.nanoTime();
        do {
            Thread.onSpinWait();
        } while (System.nanoTime() - startNanos < COALESCING_NANOS);
    }
}
