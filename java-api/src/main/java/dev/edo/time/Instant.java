package dev.edo.time;

import dev.edo.spi.EdoProvider;
import java.time.Duration;

/**
 * A moment on the runtime's monotonic clock, which tests can stop. Arithmetic saturates: an absurd
 * duration means the far future, never an overflow.
 *
 * <pre>{@code
 * var start = Instant.now();
 * work();
 * IO.println("took " + start.elapsed());
 * }</pre>
 *
 * @param nanos nanoseconds since some fixed moment of this JVM
 * @see <a href="https://docs.rs/tokio/latest/tokio/time/struct.Instant.html">tokio::time::Instant</a>
 */
public record Instant(long nanos) implements Comparable<Instant> {
    private static final Duration FAR = Duration.ofDays(30 * 365L);

    /** {@return the present, by the current runtime's clock; by the system's outside a runtime} */
    public static Instant now() {
        return EdoProvider.get().time().now();
    }

    /**
     * A later moment.
     *
     * @param duration how much later; negative for earlier
     * @return the moment; at most {@code Long.MAX_VALUE} nanoseconds, at least {@code
     *     Long.MIN_VALUE}
     */
    public Instant plus(Duration duration) {
        return plusNanos(saturatedNanos(duration));
    }

    /**
     * An earlier moment.
     *
     * @param duration how much earlier; negative for later
     * @return the moment; saturates as {@link #plus} does
     */
    public Instant minus(Duration duration) {
        long subtract = saturatedNanos(duration);
        return subtract == Long.MIN_VALUE
                ? plusNanos(Long.MAX_VALUE).plusNanos(1)
                : plusNanos(-subtract);
    }

    private Instant plusNanos(long add) {
        long sum = nanos + add;
        if (((nanos ^ sum) & (add ^ sum)) < 0) {
            sum = add < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
        return new Instant(sum);
    }

    /**
     * The deadline of a wait that starts now: one too long to be represented ends in about 30
     * years, so that a paused clock which advanced to it still has a future.
     */
    Instant deadlineAfter(Duration duration) {
        var deadline = plus(duration);
        return deadline.nanos == Long.MAX_VALUE ? plus(FAR) : deadline;
    }

    /**
     * The time from an earlier moment to this one.
     *
     * @param earlier the other moment
     * @return the time between, or zero when {@code earlier} is later
     */
    public Duration durationSince(Instant earlier) {
        return nanos <= earlier.nanos ? Duration.ZERO : Duration.ofNanos(nanos).minusNanos(earlier.nanos);
    }

    /** {@return the time since this moment, or zero when it lies ahead} */
    public Duration elapsed() {
        return now().durationSince(this);
    }

    @Override
    public int compareTo(Instant other) {
        return Long.compare(nanos, other.nanos);
    }

    private static long saturatedNanos(Duration duration) {
        try {
            return duration.toNanos();
        } catch (ArithmeticException e) {
            return duration.isNegative() ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }
}
