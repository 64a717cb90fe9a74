package dev.edo.impl.scheduler;

import java.util.function.BooleanSupplier;

/**
 * How a thread looks out for a wake-up before it sleeps: to sleep and be woken costs more than the work of many a task,
 * above all where the processor halts meanwhile. It looks for about as long as that takes, and the more rarely the
 * less it helped: a thread whose wake-ups take longer soon sleeps at once, and tries again after a few of them. Every
 * few microseconds it gives its processor to whoever else wants it: there may be fewer of them than threads that work
 * and threads that look out.
 *
 * <p>With a single processor nobody looks out: the one who is to wake needs it.
 *
 * <p>Of one thread at a time; not thread-safe.
 */
public final class LookOut {
    /** For how long it looks at most. */
    public static final long LIMIT_NANOS = 50_000;

    private static final int LOOKS_IN_A_ROW = 256;
    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

    private final int maxMisses;
    private final Runnable inBetween;
    private int misses;
    private int pauses;

    /**
     * One that has not looked out yet.
     *
     * @param maxMisses after so many misses in a row it looks out in one of 2 to the power of these sleeps
     */
    public LookOut(int maxMisses) {
        this(maxMisses, () -> {});
    }

    /**
     * The same for a thread that has other duties.
     *
     * @param inBetween what it does every few microseconds
     */
    public LookOut(int maxMisses, Runnable inBetween) {
        this.maxMisses = maxMisses;
        this.inBetween = inBetween;
    }

    /** Whether a processor is left to look out on beside so many jobs, which need one each. */
    public static boolean hasRoomBeside(int jobs) {
        return jobs < PROCESSORS;
    }

    /** Looks until the condition holds or it is time to sleep; false where it did not hold. */
    public boolean until(BooleanSupplier woken) {
        return isDue() && lookAll(woken);
    }

    /** Whether it is worth while this time; called once for each sleep, with {@link #lookAll} or {@link #hit} next. */
    public boolean isDue() {
        return PROCESSORS > 1 && --pauses < 0;
    }

    /**
     * Looks until the condition holds or the time is over. It never ends with its other duties: these may take the
     * token of a wake-up, and then the condition holds, which must not be overlooked.
     */
    public boolean lookAll(BooleanSupplier woken) {
        long startNanos = System.nanoTime();
        while (!look(woken, LOOKS_IN_A_ROW)) {
            if (System.nanoTime() - startNanos >= LIMIT_NANOS) {
                misses = Math.min(misses + 1, maxMisses);
                pauses = (1 << misses) - 1;
                return false;
            }
            inBetween.run();
            Thread.yield(); // whoever it waits for may need this processor
        }
        hit();
        return true;
    }

    /** Looks so many times. */
    public static boolean look(BooleanSupplier woken, int times) {
        for (int i = 0; i < times; i++) {
            if (woken.getAsBoolean()) {
                return true;
            }
            Thread.onSpinWait();
        }
        return false;
    }

    /** It helped. */
    public void hit() {
        misses = 0;
        pauses = 0;
    }
}
