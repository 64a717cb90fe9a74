package dev.edo.metrics;

import dev.edo.future.CheckReturnValue;
import dev.edo.future.Future;
import dev.edo.spi.EdoProvider;
import dev.edo.stream.Stream;
import dev.edo.task.Action;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Measures the futures that pass through it: how long they wait for their first poll, how long they
 * are idle, how long they are runnable and not run, how long their polls take. One monitor stands
 * for one kind of task, the handler of a route say, and adds up what all of them did.
 *
 * <pre>{@code
 * static final TaskMonitor LOGINS = new TaskMonitor();
 *
 * JoinHandle<Reply> login(Request request) {
 *     return Edo.spawn(LOGINS.instrument(answer(request)));
 * }
 *
 * void report() throws Exception {
 *     for (var intervals = LOGINS.intervals();;) {
 *         Edo.sleep(Duration.ofSeconds(10)).await();
 *         var metrics = intervals.next();
 *         IO.println(metrics.droppedCount() + " logins, " + metrics.meanScheduledDuration()
 *                 + " between wake-up and poll, slow polls: " + metrics.slowPollRatio());
 *     }
 * }
 * }</pre>
 *
 * <p>A mean delay that grows says that the workers have too much to do; slow polls say who holds
 * them up; long idles, that something else is slow. {@link TaskMetrics} explains each figure.
 *
 * <p><em>Direct style:</em> a virtual thread has no polls that could be seen from here; of a body
 * given to {@link #instrument(Callable)} only its begin and its end are counted. What it waits for
 * can be instrumented instead: in {@code monitor.instrument(stream.read(buffer)).await()} idle times
 * and delays are those of the task. How long the turns of all tasks take, those in direct style
 * among them, is in the histograms of {@link RuntimeMonitor}.
 *
 * <p><em>Clock:</em> times are taken on the clock of the runtime that polls, which tests can stop
 * (see {@link dev.edo.time.TestClock}), also by a waker that is called from elsewhere; outside a
 * runtime on the system's. The delay of the first poll is taken on the clock of whoever instrumented.
 *
 * <p><em>Cost:</em> an object or two per future; three looks at the clock and a few atomic adds per
 * poll, and one more look per wake-up. No lock. A monitor may be used from any thread and is meant to
 * live long.
 *
 * @see <a href="https://docs.rs/tokio-metrics/latest/tokio_metrics/struct.TaskMonitor.html">
 *     tokio_metrics::TaskMonitor</a>
 */
public final class TaskMonitor {
    /** From which duration on a poll is slow, unless a monitor was told otherwise: 50 µs. */
    public static final Duration DEFAULT_SLOW_POLL_THRESHOLD = Duration.ofNanos(50_000);

    /** From which duration on a delay is long, unless a monitor was told otherwise: 50 µs. */
    public static final Duration DEFAULT_LONG_DELAY_THRESHOLD = Duration.ofNanos(50_000);

    final TaskCounts counts = new TaskCounts();
    final LongestIdle longestIdle = new LongestIdle();
    final long slowPollNanos;
    final long longDelayNanos;

    private final Supplier<LongSupplier> clocks;

    /** A monitor with the default thresholds. */
    public TaskMonitor() {
        this(builder());
    }

    TaskMonitor(TaskMonitorBuilder options) {
        this(options, () -> EdoProvider.get().time().clock());
    }

    /** A monitor that is told which clock is the caller's. */
    TaskMonitor(TaskMonitorBuilder options, Supplier<LongSupplier> clocks) {
        slowPollNanos = options.slowPollNanos;
        longDelayNanos = options.longDelayNanos;
        this.clocks = clocks;
    }

    /** {@return what makes a monitor with other thresholds} */
    public static TaskMonitorBuilder builder() {
        return new TaskMonitorBuilder();
    }

    /** {@return from which duration on a poll is slow} */
    public Duration slowPollThreshold() {
        return Duration.ofNanos(slowPollNanos);
    }

    /** {@return from which duration on a delay between wake-up and poll is long} */
    public Duration longDelayThreshold() {
        return Duration.ofNanos(longDelayNanos);
    }

    LongSupplier clock() {
        return clocks.get();
    }

    // --- instrumenting

    /**
     * Measures a future. It counts as instrumented from now on, and as dropped when it has completed
     * or failed, or was cancelled. One that is forgotten without any of these is never dropped.
     *
     * <p><em>Cancel safety:</em> the future's.
     *
     * @param future what to measure; use the result in its place
     * @param <T> the type of its value
     * @return completes as the future does
     */
    @CheckReturnValue
    public <T extends @Nullable Object> Future<T> instrument(Future<T> future) {
        return new InstrumentedFuture<>(this, Objects.requireNonNull(future, "future"));
    }

    /**
     * Measures a stream: each {@code pollNext} is a poll. It counts as dropped when it has ended or
     * was cancelled. The time between an element and the next poll is neither idle nor a delay.
     *
     * <p><em>Cancel safety:</em> the stream's.
     *
     * @param stream what to measure; use the result in its place
     * @param <T> the type of its elements
     * @return gives the same elements
     */
    @CheckReturnValue
    public <T> Stream<T> instrument(Stream<T> stream) {
        return new InstrumentedStream<>(this, Objects.requireNonNull(stream, "stream"));
    }

    /**
     * Counts a body of a task in direct style, or a blocking job: as instrumented now, as polled for
     * the first time when it begins, with the delay until then, and as dropped when it has returned
     * or thrown. No other figure knows of it. One that never begins, because its task was aborted
     * before, is never dropped.
     *
     * <p><em>Errors:</em> a second run throws an {@link IllegalStateException}.
     *
     * @param body what to count; spawn the result in its place
     * @param <T> the type of its result
     * @return does what the body does
     */
    @CheckReturnValue
    public <T extends @Nullable Object> Callable<T> instrument(Callable<T> body) {
        return new InstrumentedBody<>(this, Objects.requireNonNull(body, "body"));
    }

    /**
     * Counts a body without a result as {@link #instrument(Callable)} does.
     *
     * <p><em>Errors:</em> a second run throws an {@link IllegalStateException}.
     *
     * @param body what to count; spawn the result in its place
     * @return does what the body does
     */
    @CheckReturnValue
    public Action instrument(Action body) {
        Objects.requireNonNull(body, "body");
        return new InstrumentedBody<@Nullable Void>(this, () -> {
            body.run();
            return null;
        })::call;
    }

    // --- reading

    /**
     * Adds up what all futures did that were instrumented so far.
     *
     * @return the figures of this moment, without those of polls that are under way
     */
    public TaskMetrics cumulative() {
        return new TaskMetrics(counts.sums(), longestIdle.everNanos());
    }

    /**
     * Tells the figures interval by interval. Any number of them may be asked side by side.
     *
     * @return what happened from one {@code next()} to the other, without an end; the first one tells
     *     all since the monitor was made
     */
    public TaskIntervals intervals() {
        return new TaskIntervals(this);
    }

    @Override
    public String toString() {
        return "TaskMonitor[slowPollThreshold=" + slowPollThreshold() + ", longDelayThreshold="
                + longDelayThreshold() + "]";
    }
}
