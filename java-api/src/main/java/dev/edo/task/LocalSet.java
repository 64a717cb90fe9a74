package dev.edo.task;

import dev.edo.future.CheckReturnValue;
import dev.edo.future.Future;
import dev.edo.runtime.EnterGuard;
import dev.edo.runtime.Handle;
import dev.edo.runtime.UnhandledPanic;
import dev.edo.spi.EdoProvider;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that run on the thread that made the set, whenever that thread waits for one of the set's
 * futures. The thread is a platform thread, and the runtime of either flavour: local tasks use its
 * sockets and timers, and may spawn on its workers.
 *
 * <pre>{@code
 * try (var local = LocalSet.create(); var arena = Arena.ofConfined()) {
 *     local.blockOn(runtime, index(arena, local)); // index spawns local tasks that share the arena
 * }
 * }</pre>
 *
 * <p>A set belongs to its thread: spawning, entering and closing throw {@link IllegalStateException}
 * elsewhere, and so do polls of its futures; the handles that it returns are for everybody. Closing it
 * cancels the tasks that are left; what is spawned after that comes back cancelled.
 *
 * @see <a
 *     href="https://docs.rs/tokio/latest/tokio/task/struct.LocalSet.html">tokio::task::LocalSet</a>
 */
public interface LocalSet extends LocalSpawner, AutoCloseable {
    /**
     * A set for the calling thread.
     *
     * @return a new one, without tasks
     * @throws IllegalStateException on a virtual thread, whose carrier changes
     */
    static LocalSet create() {
        return EdoProvider.get().newLocalSet();
    }

    /**
     * Runs the tasks of the set while a future is waited for. The future is part of the waiting
     * task and shares its budget; it finds this set by {@link LocalSpawner#current()}.
     *
     * <p><em>Cancel safety:</em> cancels the future; the tasks stay in the set, and wait.
     *
     * @param future the future
     * @param <T> the type of its value
     * @return completes as the future does; to be polled by this thread
     */
    @CheckReturnValue
    <T extends @Nullable Object> Future<T> runUntil(Future<T> future);

    /**
     * Runs the tasks of the set until all have ended.
     *
     * <p><em>Cancel safety:</em> the tasks stay in the set, and wait.
     *
     * @return completes when the set is empty; to be polled by this thread
     */
    @CheckReturnValue
    Future<@Nullable Void> runAll();

    /**
     * Runs a future and the tasks of the set on this thread, inside a runtime, until the future
     * completes.
     *
     * @param runtime the runtime
     * @param future the future
     * @param <T> the type of its value
     * @return its value
     * @throws IllegalStateException on another thread, and where the runtime's {@code blockOn} throws it
     * @throws java.util.concurrent.CancellationException where the thread was interrupted
     * @throws Exception what the future failed with
     */
    default <T extends @Nullable Object> T blockOn(Handle runtime, Future<T> future) throws Exception {
        return runtime.blockOn(runUntil(future));
    }

    /**
     * Makes this the set that {@link LocalSpawner#current()} finds. Tasks that are spawned run when
     * the thread waits for one of the set's futures.
     *
     * @return closes to leave it again
     * @throws IllegalStateException on another thread, and inside a task in direct style
     */
    EnterGuard enter();

    /**
     * Sets what happens when a local task throws.
     *
     * @param policy default {@link UnhandledPanic#IGNORE}; the other one ends the set's tasks and
     *     has the set's futures fail with an {@link IllegalStateException} whose cause is what the task threw
     * @return this
     */
    LocalSet unhandledPanic(UnhandledPanic policy);

    /** {@return a number that no other set has} */
    long id();

    /**
     * Cancels all tasks: stackless ones on the spot, those in direct style are interrupted and get
     * to unwind. Idempotent.
     *
     * @throws IllegalStateException inside a task of the set, and on another thread
     */
    @Override
    void close();
}
