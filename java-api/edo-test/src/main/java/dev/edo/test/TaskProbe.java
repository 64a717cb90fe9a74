package dev.edo.test;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.future.Waker;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A task that is polled by hand, and tells when it was woken.
 *
 * <pre>{@code
 * var lock = TaskProbe.of(mutex.lock());
 * assertPending(lock.poll());
 * held.close();
 * assertTrue(lock.isWoken());
 * assertReady(lock.poll());
 * }</pre>
 *
 * <p>Futures that need a runtime, such as timers, are made and polled inside one. One thread polls;
 * the wakes may come from any.
 *
 * @param <T> the type of the future's value
 * @see <a
 *     href="https://docs.rs/tokio-test/latest/tokio_test/task/struct.Spawn.html">tokio_test::task::Spawn</a>
 */
public final class TaskProbe<T extends @Nullable Object> {
    private static final int POLLS_UNTIL_IDLE = 150;

    private final Future<T> future;
    private final ProbeWaker waker = new ProbeWaker();

    private TaskProbe(Future<T> future) {
        this.future = Objects.requireNonNull(future, "future");
    }

    /**
     * Puts a future under a probe.
     *
     * @param future polled by nobody else
     * @param <T> the type of its value
     * @return the probe
     */
    public static <T extends @Nullable Object> TaskProbe<T> of(Future<T> future) {
        return new TaskProbe<>(future);
    }

    /**
     * Polls the future once. Wakes that came before are forgotten.
     *
     * @return what the poll found
     * @throws Exception what the future failed with
     */
    public Poll<T> poll() throws Exception {
        return future.poll(waker.enter());
    }

    /**
     * Polls the future until it has its value, or waits for a wake that has not come.
     *
     * @return what the last poll found
     * @throws AssertionError when it was woken 150 times without an end
     * @throws Exception what the future failed with
     */
    public Poll<T> pollUntilIdle() throws Exception {
        for (int polls = 0; polls < POLLS_UNTIL_IDLE; polls++) {
            var poll = poll();
            if (poll.isReady() || !isWoken()) {
                return poll;
            }
        }
        throw new AssertionError("pollUntilIdle: polled " + POLLS_UNTIL_IDLE
                + " times and woken each time; the future wakes itself without getting on: " + future);
    }

    /** Cancels the future. */
    public void cancel() {
        future.cancel();
    }

    /** {@return whether the task was woken since the last poll began} */
    public boolean isWoken() {
        return waker.wakes() > 0;
    }

    /** {@return how often the task was woken since the last poll began} */
    public int wakeCount() {
        return waker.wakes();
    }

    /** {@return the waker that the future is polled with, always the same} */
    public Waker waker() {
        return waker;
    }

    /** {@return the future} */
    public Future<T> future() {
        return future;
    }

    @Override
    public String toString() {
        return "TaskProbe[wakes=" + wakeCount() + ", future=" + future + "]";
    }

    /** Counts wakes since the last poll. */
    static final class ProbeWaker implements Waker {
        private final AtomicInteger wakes = new AtomicInteger();
        private final Context cx = Context.of(this);

        Context enter() {
            wakes.set(0);
            return cx;
        }

        @Override
        public void wake() {
            wakes.incrementAndGet();
        }

        int wakes() {
            return wakes.get();
        }
    }
}
