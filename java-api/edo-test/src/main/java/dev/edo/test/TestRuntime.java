package dev.edo.test;

import dev.edo.Edo;
import dev.edo.runtime.EdoRuntime;
import dev.edo.runtime.ShutdownReport;
import dev.edo.task.JoinError;
import dev.edo.task.JoinHandle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.InvocationInterceptor.Invocation;

/**
 * The runtime of one test.
 *
 * @param runtime the runtime
 * @param options what it was made from
 * @param slotsAtStart I/O slots that the runtime itself uses
 */
record TestRuntime(EdoRuntime runtime, TestOptions options, int slotsAtStart) {
    /** How long what a test left behind may take to end. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    /** How long a test that was interrupted may take to end. */
    private static final Duration UNWINDING_LIMIT = Duration.ofSeconds(5);

    private static final Duration SHUTDOWN_LIMIT = Duration.ofSeconds(10);

    static TestRuntime start(TestOptions options) {
        var runtime = options.build();
        return new TestRuntime(runtime, options, runtime.metrics().ioDriverSlotsInUse());
    }

    /**
     * Runs the test method as a task, on a thread of its own: an interrupt, which is how JUnit ends
     * a test that takes too long, does not wake a thread that sleeps inside a runtime. Throws what
     * the method threw.
     */
    void run(Invocation<@Nullable Void> test) throws Throwable {
        var own = new AtomicReference<@Nullable Throwable>();
        var task = runtime.spawn(() -> proceed(test, own));
        var failure = new AtomicReference<@Nullable Throwable>();
        var driver = Thread.ofPlatform().daemon().name("edo-test")
                .start(() -> failure.set(failureOf(task, own)));
        try {
            driver.join();
        } catch (InterruptedException e) {
            task.abort();
            driver.join(UNWINDING_LIMIT);
            throw e;
        }
        var thrown = failure.get();
        if (thrown != null) {
            throw thrown;
        }
    }

    private @Nullable Throwable failureOf(
            JoinHandle<@Nullable Void> task, AtomicReference<@Nullable Throwable> own) {
        try {
            runtime.blockOn(task);
            return null;
        } catch (JoinError e) {
            var thrown = e.getCause();
            if (thrown == null) {
                return new CancellationException("the test's task was aborted");
            }
            return unwrapped(thrown);
        } catch (Throwable e) {
            // Where a task that throws ends the runtime, that may have been the test's own.
            var thrown = e.getCause();
            return thrown != null && thrown == own.get() ? unwrapped(thrown) : e;
        }
    }

    private static Throwable unwrapped(Throwable thrown) {
        return thrown instanceof Thrown wrapped ? wrapped.getCause() : thrown;
    }

    /** Leaves what the method threw in {@code own}, too. */
    private static void proceed(Invocation<@Nullable Void> test, AtomicReference<@Nullable Throwable> own)
            throws Exception {
        try {
            test.proceed();
        } catch (Exception | Error e) {
            own.set(e);
            throw e;
        } catch (Throwable t) {
            var thrown = new Thrown(t);
            own.set(thrown);
            throw thrown;
        }
    }

    /** Carries a throwable that is neither an exception nor an error. */
    private static final class Thrown extends Exception {
        private static final long serialVersionUID = 1L;

        Thrown(Throwable thrown) {
            super(thrown);
        }

        @Override
        public synchronized Throwable getCause() {
            return Objects.requireNonNull(super.getCause());
        }
    }

    /** Looks for leaks, unless the test has failed anyway, and shuts the runtime down. */
    void stop(boolean passed) {
        AssertionError leaked = null;
        try {
            if (passed && options.leakCheck()) {
                leaked = leak();
            }
        } finally {
            var report = runtime.shutdownTimeout(SHUTDOWN_LIMIT);
            if (passed && leaked == null && !report.complete()) {
                leaked = stuck(report);
            }
        }
        if (leaked != null) {
            throw leaked;
        }
    }

    private @Nullable AssertionError leak() {
        long deadlineNanos = System.nanoTime() + GRACE.toNanos();
        var left = left();
        while (left != null && System.nanoTime() - deadlineNanos < 0) {
            turn();
            left = left();
        }
        return left == null
                ? null
                : new AssertionError("the test left behind " + left
                        + "; await or abort its tasks, close its sockets and cancel its timers, or set"
                        + " leakCheck = false");
    }

    /** Lets the tasks of a current-thread runtime run, and gives those of another one time. */
    private void turn() {
        try {
            runtime.blockOn(() -> Edo.yieldNow().await());
            Thread.sleep(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            throw new IllegalStateException("the runtime of the test does not run any more", e);
        }
    }

    /** What is there that a test that ended well does not leave; null where nothing is. */
    private @Nullable String left() {
        var metrics = runtime.metrics();
        var left = new ArrayList<String>();
        name(left, "tasks", metrics.numAliveTasks());
        name(left, "I/O slots", metrics.ioDriverSlotsInUse() - slotsAtStart);
        name(left, "timers", metrics.numRegisteredTimers());
        name(left, "blocking jobs", metrics.blockingQueueDepth()
                + Math.max(0, metrics.numBlockingThreads() - metrics.numIdleBlockingThreads()));
        return left.isEmpty() ? null : String.join(", ", left);
    }

    private static void name(ArrayList<String> left, String what, long count) {
        if (count > 0) {
            left.add(what + "=" + count);
        }
    }

    private static AssertionError stuck(ShutdownReport report) {
        return new AssertionError("the runtime of the test was still busy " + SHUTDOWN_LIMIT
                + " after the test ended: " + report);
    }
}
