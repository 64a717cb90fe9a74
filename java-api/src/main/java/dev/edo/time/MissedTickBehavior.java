package dev.edo.time;

/**
 * What an {@link Interval} does about ticks that nobody took in time.
 *
 * <p>A tick counts as missed when it is taken more than 5 ms late. Pictures of a period of 10 with
 * one long delay; the bars are the ticks:
 *
 * <pre>{@code
 * on time  |----------|----------|----------|----------|----------|----------|
 * BURST    |----------|-------- delay ---------||------|----------|----------|
 * DELAY    |----------|-------- delay ---------|----------|----------|
 * SKIP     |----------|-------- delay ---------|-------|----------|----------|
 * }</pre>
 *
 * @see <a href="https://docs.rs/tokio/latest/tokio/time/enum.MissedTickBehavior.html">tokio::time::MissedTickBehavior</a>
 */
public enum MissedTickBehavior {
    /**
     * Makes up for missed ticks at once, one after the other; the schedule stays as it was. The
     * default.
     */
    BURST,

    /**
     * Forgets missed ticks and starts a new schedule: the next tick comes one period after this
     * one.
     */
    DELAY,

    /**
     * Forgets missed ticks and keeps the schedule: the next tick comes at the next multiple of the
     * period.
     */
    SKIP;

    private static final long TOLERANCE_NANOS = 5_000_000;

    /**
     * When to tick next, given that the tick due at {@code due} was taken at {@code now};
     * saturates.
     */
    long nextNanos(long due, long now, long period) {
        if (now <= saturatedSum(due, TOLERANCE_NANOS)) {
            return saturatedSum(due, period);
        }
        return switch (this) {
            case BURST -> saturatedSum(due, period);
            case DELAY -> saturatedSum(now, period);
            case SKIP -> saturatedSum(now - Long.remainderUnsigned(now - due, period), period);
        };
    }

    private static long saturatedSum(long a, long b) {
        long sum = a + b;
        return b > 0 && sum < a ? Long.MAX_VALUE : sum;
    }
}
