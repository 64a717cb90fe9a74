package dev.edo.test;

import dev.edo.future.Poll;
import dev.edo.time.Instant;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Assertions about polls and time; to be imported statically.
 *
 * <pre>{@code
 * assertPending(receive.poll());
 * sender.send(7);
 * assertReady(7, receive.poll());
 * }</pre>
 *
 * @see <a href="https://docs.rs/tokio-test/latest/tokio_test/#macros">the macros of tokio_test</a>
 */
public final class EdoAssertions {
    /** What rounding a deadline up to the next tick may add. */
    private static final Duration TICK = Duration.ofMillis(1);

    private EdoAssertions() {}

    /**
     * Expects that there is no value yet.
     *
     * @param poll what a poll found
     * @throws AssertionError when there is one
     */
    public static void assertPending(Poll<?> poll) {
        if (poll instanceof Poll.Ready<?>(var value)) {
            throw new AssertionError("ready; value = " + value);
        }
    }

    /**
     * Polls once and expects that there is no value yet.
     *
     * @param probe the task
     * @throws AssertionError when there is one, or a failure
     */
    public static void assertPending(TaskProbe<?> probe) {
        assertPending(polled(probe));
    }

    /**
     * Expects a value.
     *
     * @param poll what a poll found
     * @param <T> the type of the value
     * @return the value
     * @throws AssertionError when there is none
     */
    public static <T extends @Nullable Object> T assertReady(Poll<T> poll) {
        if (poll instanceof Poll.Ready<T>(var value)) {
            return value;
        }
        throw new AssertionError("pending");
    }

    /**
     * Polls once and expects a value.
     *
     * @param probe the task
     * @param <T> the type of the value
     * @return the value
     * @throws AssertionError when there is none, or a failure
     */
    public static <T extends @Nullable Object> T assertReady(TaskProbe<T> probe) {
        return assertReady(polled(probe));
    }

    /**
     * Expects this value.
     *
     * @param expected equal to the value
     * @param poll what a poll found
     * @throws AssertionError when there is none or another one
     */
    public static void assertReady(@Nullable Object expected, Poll<?> poll) {
        var value = assertReady(poll);
        if (!Objects.equals(expected, value)) {
            throw new AssertionError("expected: <" + expected + "> but was: <" + value + ">");
        }
    }

    /**
     * Polls once and expects this value.
     *
     * @param expected equal to the value
     * @param probe the task
     * @throws AssertionError when there is none or another one, or a failure
     */
    public static void assertReady(@Nullable Object expected, TaskProbe<?> probe) {
        assertReady(expected, polled(probe));
    }

    /**
     * Polls once and expects a failure.
     *
     * @param expected its type or a type above
     * @param probe the task
     * @param <X> the type of the failure
     * @return the failure
     * @throws AssertionError when there is a value, none yet, or another failure
     */
    public static <X extends Throwable> X assertReadyErr(Class<X> expected, TaskProbe<?> probe) {
        Poll<?> poll;
        try {
            poll = probe.poll();
        } catch (Throwable thrown) {
            if (expected.isInstance(thrown)) {
                return expected.cast(thrown);
            }
            throw new AssertionError("expected: " + expected.getName() + " but was: " + thrown, thrown);
        }
        throw new AssertionError("expected: " + expected.getName() + " but was: "
                + (poll instanceof Poll.Ready<?>(var value) ? "ready; value = " + value : "pending"));
    }

    /**
     * Expects that so much time has passed, and not more than a millisecond beyond: what timers of
     * a stopped clock keep to.
     *
     * @param start when it began
     * @param expected how long it took
     * @throws AssertionError when it took less, or more
     */
    public static void assertElapsed(Instant start, Duration expected) {
        var elapsed = start.elapsed();
        if (elapsed.compareTo(expected) < 0 || elapsed.compareTo(expected.plus(TICK)) > 0) {
            throw new AssertionError("elapsed=" + elapsed + ", expected=" + expected + " to "
                    + expected.plus(TICK));
        }
    }

    private static <T extends @Nullable Object> Poll<T> polled(TaskProbe<T> probe) {
        try {
            return probe.poll();
        } catch (Exception e) {
            throw new AssertionError("the future failed: " + e, e);
        }
    }
}
