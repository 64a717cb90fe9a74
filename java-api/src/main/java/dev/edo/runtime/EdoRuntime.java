package dev.edo.runtime;

import dev.edo.spi.EdoProvider;
import java.time.Duration;

/**
 * A scheduler with its I/O driver, timers and blocking pool.
 *
 * <pre>{@code
 * try (var runtime = EdoRuntime.builder().workerThreads(4).enableAll().build()) {
 *     runtime.blockOn(() -> serve(address));
 * }
 * }</pre>
 *
 * <p>{@link #close()} shuts down and waits: a stackless task is cancelled, after its poll where it is in one; a task
 * in direct style is interrupted and gets to unwind, as by {@link dev.edo.task.AbortHandle#abort()}; a blocking job
 * that has started runs to its end, the others are cancelled. It must not be called from inside a task.
 *
 * @see <a href="https://docs.rs/tokio/latest/tokio/runtime/struct.Runtime.html">tokio::runtime::Runtime</a>
 */
public interface EdoRuntime extends Handle, AutoCloseable {
    /**
     * Begins the configuration of a runtime: multi-threaded, I/O and time off until enabled.
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
     * <p><em>Interruption:</em> ends the wait; all is on its way down then, and the interrupt status stays set.
     *
     * @throws IllegalStateException inside a task, whose worker must not wait; inside a blocking job of this runtime,
     *     and, of a current-thread runtime, in the poll of a future that its {@code blockOn} runs, for which it would
     *     wait. Nothing is shut down then
     */
    @Override
    void close();

    /**
     * Shuts down and waits for at most this long; what is still busy then is left running and named in the
     * report.
     *
     * <p><em>Interruption:</em> as of {@link #close()}.
     *
     * @param timeout how long to wait; not negative
     * @return how it ended
     * @throws IllegalStateException where {@link #close()} throws it, unless {@code timeout} is zero
     * @throws IllegalArgumentException when {@code timeout} is negative
     */
    ShutdownReport shutdownTimeout(Duration timeout);

    /** Shuts down without waiting; allowed inside a task. */
    void shutdownBackground();
}
