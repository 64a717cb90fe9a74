package dev.edo.impl.task.coroutine;

import java.util.function.BooleanSupplier;

/**
 * How a platform thread that awaits a future looks out for the wake-up before it parks: parking and being unparked cost
 * more than the work of many a future, above all where the processor halts meanwhile. It looks for about as long as
 * that takes, and the more rarely the less it helped: a thread whose futures take longer soon parks at once, and
 * tries again after a thousand of them. After the first microseconds it gives its processor to whoever else wants it, in
 * between: there may be fewer of them than workers and threads that look out.
 *
 * <p>Workers do not look out like that before they sleep, nor do virtual threads. Of one thread; not thread-safe.
 */
public final class AwaitSpin {
    private static final long LIMIT_NANOS = 50_000;
    private static final int MAX_MISSES = 10;
    private static final int LOOKS_PER_YIELD = 256;
    private static final boolean SEVERAL_CORES = Runtime.getRuntime().availableProcessors() > 1;

    private int misses;
    private int pauses;

    /** Looks until the condition holds or it is time to park; false where it did not hold. */
    boolean until(BooleanSupplier woken) {
        if (!SEVERAL_CORES || --pauses >= 0) {
            return false;
        }
        long startNanos = System.nanoTime();
        do {
            for (int look = 0; look < LOOKS_PER_YIELD; look++) {
                if (woken.getAsBoolean()) {
                    misses = 0;
                    pauses = 0;
                    return true;
                }
                Thread.onSpinWait();
            }
            Thread.yield(); // whoever it waits for may need this processor
        } while (System.nanoTime() - startNanos < LIMIT_NANOS);
        misses = Math.min(misses + 1, MAX_MISSES);
        pauses = (1 << misses) - 1;
        return false;
    }
}
