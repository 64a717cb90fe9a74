package dev.edo.task;

import dev.edo.future.Future;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Spawns tasks with a name, which shows in the task's {@code toString()}, in what hooks are told
 * ({@link dev.edo.runtime.TaskMeta#name()}), and as the name of the thread of a task in direct
 * style. Made by {@link dev.edo.runtime.Handle#task()}; may be used more than once.
 *
 * <pre>{@code
 * Handle.current().task().name("session " + user).spawn(() -> serve(user));
 * }</pre>
 *
 * @see <a
 *     href="https://docs.rs/tokio/latest/tokio/task/struct.Builder.html">tokio::task::Builder</a>
 */
public interface TaskBuilder {
    /**
     * Names what is spawned from now on.
     *
     * @param name not blank
     * @return this
     * @throws IllegalArgumentException when it is blank
     */
    TaskBuilder name(String name);

    /**
     * Spawns a task in direct style.
     *
     * @param body ordinary blocking code
     * @param <T> the type of its result
     * @return the handle to its result
     */
    <T extends @Nullable Object> JoinHandle<T> spawn(Callable<T> body);

    /**
     * Spawns a task in direct style without a result.
     *
     * @param body ordinary blocking code
     * @return the handle to its end
     */
    JoinHandle<@Nullable Void> spawn(Action body);

    /**
     * Spawns a stackless task.
     *
     * @param future polled on the runtime's workers
     * @param <T> the type of its value
     * @return the handle to its result
     */
    <T extends @Nullable Object> JoinHandle<T> spawn(Future<T> future);

    /**
     * Runs a job on the blocking pool.
     *
     * @param body code that blocks its thread
     * @param <T> the type of its result
     * @return the handle to its result
     */
    <T extends @Nullable Object> JoinHandle<T> spawnBlocking(Callable<T> body);

    /**
     * Runs a job without a result on the blocking pool.
     *
     * @param body code that blocks its thread
     * @return the handle to its end
     */
    JoinHandle<@Nullable Void> spawnBlocking(Action body);

    /**
     * Spawns a stackless task on the local tasks of the calling thread, whatever runtime this
     * builder was made by.
     *
     * @param future polled on this thread
     * @param <T> the type of its value
     * @return the handle to its result
     * @throws IllegalStateException where {@link LocalSpawner#current()} throws
     */
    <T extends @Nullable Object> JoinHandle<T> spawnLocal(Future<T> future);

    /**
     * Spawns a task in direct style on the local tasks of the calling thread.
     *
     * @param body ordinary blocking code
     * @param <T> the type of its result
     * @return the handle to its result
     * @throws IllegalStateException where {@link LocalSpawner#current()} throws
     */
    <T extends @Nullable Object> JoinHandle<T> spawnLocal(Callable<T> body);

    /**
     * Spawns a task in direct style without a result on the local tasks of the calling thread.
     *
     * @param body ordinary blocking code
     * @return the handle to its end
     * @throws IllegalStateException where {@link LocalSpawner#current()} throws
     */
    JoinHandle<@Nullable Void> spawnLocal(Action body);
}
