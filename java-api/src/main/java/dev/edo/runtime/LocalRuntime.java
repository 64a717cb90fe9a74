package dev.edo.runtime;

import dev.edo.future.Future;
import dev.edo.task.Action;
import dev.edo.task.LocalSpawner;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * A current-thread runtime that belongs to the thread that built it: no other thread ever runs its
 * tasks, neither while it blocks nor at shutdown. So all its tasks are local tasks.
 *
 * <pre>{@code
 * try (var runtime = LocalRuntime.create(); var arena = Arena.ofConfined()) {
 *     runtime.blockOn(serve(arena));
 * }
 * }</pre>
 *
 * <p>On other threads all methods but {@link #handle()} throw {@link IllegalStateException}; once this one has
 * ended, any other may close the runtime. What is spawned through {@link #handle()} from other threads
 * runs on this one, too. {@link LocalSpawner} tells when another thread carries a task in direct style
 * all the same.
 *
 * @see <a
 *     href="https://docs.rs/tokio/latest/tokio/runtime/struct.LocalRuntime.html">tokio::runtime::LocalRuntime</a>
 */
public interface LocalRuntime extends LocalSpawner, AutoCloseable {
    /**
     * A runtime for the calling thread, with I/O and time enabled.
     *
     * @return a new one; close it
     * @throws IllegalStateException on a virtual thread, whose carrier changes
     */
    static LocalRuntime create() {
        return EdoRuntime.builder().currentThread().enableAll().buildLocal();
    }

    /** {@return a handle that does not keep the runtime alive, for any thread} */
    Handle handle();

    /**
     * Runs a future, and the tasks, until the future completes.
     *
     * @param future what to run
     * @param <T> the type of its value
     * @return its value
     * @throws IllegalStateException inside a task
     * @throws Exception what the future failed with
     */
    <T extends @Nullable Object> T blockOn(Future<T> future) throws Exception;

    /**
     * Runs code on this thread, inside the runtime: each {@code await()} in it runs the tasks.
     *
     * @param body the code
     * @param <T> the type of its result
     * @return its result
     * @throws IllegalStateException inside a task
     * @throws Exception what the code threw
     */
    <T extends @Nullable Object> T blockOn(Callable<T> body) throws Exception;

    /**
     * Runs code without a result on this thread, inside the runtime.
     *
     * @param body the code
     * @throws IllegalStateException inside a task
     * @throws Exception what the code threw
     */
    void blockOn(Action body) throws Exception;

    /**
     * Puts this thread inside the runtime.
     *
     * @return closes to leave it again
     */
    EnterGuard enter();

    /**
     * Cancels the tasks and waits for running blocking jobs.
     *
     * <p><em>Interruption:</em> ends the wait; the interrupt status stays set.
     *
     * @throws IllegalStateException inside the runtime's {@code blockOn}, and inside a task
     */
    @Override
    void close();

    /**
     * Cancels the tasks and waits for running blocking jobs for at most this long.
     *
     * <p><em>Interruption:</em> as of {@link #close()}.
     *
     * @param timeout how long to wait; not negative
     * @return how it ended
     * @throws IllegalStateException inside the runtime's {@code blockOn}, and inside a task
     * @throws IllegalArgumentException when {@code timeout} is negative
     */
    ShutdownReport shutdownTimeout(Duration timeout);

    /**
     * Cancels the tasks, which end before this returns, and does not wait for blocking jobs.
     *
     * @throws IllegalStateException inside the runtime's {@code blockOn}, and inside a task
     */
    void shutdownBackground();
}
