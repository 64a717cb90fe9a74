package dev.edo.runtime;

import dev.edo.spi.EdoProvider;
import java.time.Duration;

/**
 * A scheduler with its I/O driver, timers and blocking pool.
 *
 * <p>{@link #close()} shuts down and waits: tasks are dropped at their next yield, blocking jobs run to their
 * end. It must not be called from inside a task.
 *
 * @see <a href="https://docs.rs/tokio/latest/tokio/runtime/struct.Runtime.html">tokio::runtime::Runtime</a>
 */
public interface EdoRuntime extends Handle, AutoCloseable {
    /**
     * Begins the configuration of a runtime: multi-threaded, one worker per available processor, I/O and time
     * off until enabled.
     *
     * @return a new builder
     */
    static RuntimeBuilder builder() {
        return EdoProvider.get().builder();
    }

    /** {@return a new multi-thread runtime with I/O and time enabled} */
    static EdoRuntime create() {
        return builder().multiThread().enableAll().build();
    }

    /** {@return a handle that does not keep the runtime alive} */
    Handle handle();

    /**
     * Shuts down and waits for workers and blocking jobs, without a limit.
     *
     * @throws IllegalStateException inside a task, whose worker must not wait, and inside a blocking job of this
     *     runtime, for which it would wait
     */
    @Override
    void close();

    /**
     * Shuts down and waits for at most this long; what is still busy then is left running and named in the
     * report.
     *
     * @param timeout how long to wait
     * @return how it ended
     * @throws IllegalStateException inside a task and {@code timeout} is not zero
     */
    ShutdownReport shutdownTimeout(Duration timeout);

    /** Shuts down without waiting; allowed inside a task. */
    void shutdownBackground();
}
