package dev.edo.impl.contract;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Waits for what must come about, with a deadline that only a failing test meets. */
public final class Eventually {
    /** Far beyond what a loaded machine needs. */
    public static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final long FIRST_PAUSE_NANOS = 20_000;
    private static final long LONGEST_PAUSE_NANOS = 2_000_000;

    private Eventually() {}

    /** A condition that may throw. */
    @FunctionalInterface
    public interface Condition {
        boolean holds() throws Exception;
    }

    /** Code that may throw. */
    @FunctionalInterface
    public interface Body<T extends @Nullable Object> {
        T call() throws Exception;
    }

    /** Returns as soon as the condition holds. */
    public static void until(String what, Condition condition) throws Exception {
        if (!within(PATIENCE, condition)) {
            throw new AssertionError("not within " + PATIENCE + ": " + what);
        }
    }

    /** Returns as soon as the condition holds; what did not happen is described when it is known. */
    public static void until(Supplier<String> what, Condition condition) throws Exception {
        if (!within(PATIENCE, condition)) {
            throw new AssertionError("not within " + PATIENCE + ": " + what.get());
        }
    }

    /** Whether the condition came to hold in this time. */
    public static boolean within(Duration limit, Condition condition) throws Exception {
        long deadlineNanos = System.nanoTime() + limit.toNanos();
        long pauseNanos = FIRST_PAUSE_NANOS;
        while (!condition.holds()) {
            if (System.nanoTime() - deadlineNanos >= 0) {
                return condition.holds();
            }
            LockSupport.parkNanos(pauseNanos);
            pauseNanos = Math.min(pauseNanos * 2, LONGEST_PAUSE_NANOS);
        }
        return true;
    }

    /** Waits for a latch. */
    public static void opened(String what, CountDownLatch latch) throws InterruptedException {
        if (!latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("not within " + PATIENCE + ": " + what);
        }
    }

    /** Waits for an element. */
    public static <T> T next(String what, BlockingQueue<T> queue) throws InterruptedException {
        var element = queue.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (element == null) {
            throw new AssertionError("not within " + PATIENCE + ": " + what);
        }
        return element;
    }

    /**
     * Runs code on a platform thread of its own and waits for it, so that code that hangs fails the test instead of
     * hanging it; the failure shows where the thread is.
     */
    public static <T extends @Nullable Object> T returns(String what, Body<T> body) throws Exception {
        return returns(what, Thread.ofPlatform().name("eventually").daemon(), body);
    }

    /** The same on a thread made by a given builder. */
    public static <T extends @Nullable Object> T returns(String what, Thread.Builder builder, Body<T> body)
            throws Exception {
        var outcome = new Outcome<T>();
        var thread = builder.start(() -> {
            try {
                outcome.value = body.call();
            } catch (Throwable t) {
                outcome.failure = t;
            }
        });
        if (!thread.join(PATIENCE)) {
            var hangs = new AssertionError("not within " + PATIENCE + ": " + what
                    + "; the stack is that of the thread");
            hangs.setStackTrace(thread.getStackTrace());
            throw hangs;
        }
        switch (outcome.failure) {
            case null -> {}
            case Exception e -> throw e;
            case Error e -> throw e;
            case Throwable t -> throw new AssertionError(t);
        }
        @SuppressWarnings("NullAway") // set, where the body returned
        T value = outcome.value;
        return value;
    }

    /** What the thread leaves; read after it was joined. */
    private static final class Outcome<T extends @Nullable Object> {
        private @Nullable T value;
        private @Nullable Throwable failure;
    }
}
