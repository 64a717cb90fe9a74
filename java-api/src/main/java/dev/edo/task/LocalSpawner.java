package dev.edo.task;

import dev.edo.future.Future;
import dev.edo.spi.EdoProvider;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Spawns tasks that never leave a thread: a {@link LocalSet}, or a
 * {@link dev.edo.runtime.LocalRuntime}. For code that works on things that belong to a thread, such
 * as confined memory segments, or that wants to do without locks.
 *
 * <p>A stackless local task is polled on the thread itself. A local task in direct style is a
 * virtual thread whose carrier is that thread: two of them never run at the same time, but
 * each is a thread of its own to the JDK, with its own thread locals. Another thread carries one in two
 * cases only, where nobody could go on otherwise: until it waits or yields, when the thread is blocked
 * (in a lock that was handed to such a task, say); and when it goes on waiting or yielding while its
 * set or runtime is closed.
 *
 * <pre>{@code
 * try (var local = LocalSet.create()) {
 *     local.blockOn(runtime, Future.lazy(() -> LocalSpawner.current().spawnLocal(connection)).then(task -> task));
 * }
 * }</pre>
 */
public interface LocalSpawner {
    /**
     * Where local tasks of the calling thread go: the set that the caller runs in or has entered,
     * else the local runtime of the thread.
     *
     * @return spawns on this thread
     * @throws IllegalStateException when there is neither
     */
    static LocalSpawner current() {
        var current = EdoProvider.get().currentLocal();
        if (current == null) {
            throw new IllegalStateException("no LocalSet and no LocalRuntime on this thread; call from a"
                    + " task of one, or"
                    + " enter a set: try (var guard = localSet.enter()) { ... }");
        }
        return current;
    }

    /**
     * Spawns a stackless task on the thread.
     *
     * @param future polled on the thread
     * @param <T> the type of its value
     * @return the handle to its result, which any thread may await
     * @throws IllegalStateException on another thread
     */
    <T extends @Nullable Object> JoinHandle<T> spawnLocal(Future<T> future);

    /**
     * Spawns a task in direct style that the thread carries.
     *
     * @param body ordinary blocking code
     * @param <T> the type of its result
     * @return the handle to its result, which any thread may await
     * @throws IllegalStateException on another thread, or outside a runtime
     */
    <T extends @Nullable Object> JoinHandle<T> spawnLocal(Callable<T> body);

    /**
     * Spawns a task in direct style without a result that the thread carries.
     *
     * @param body ordinary blocking code
     * @return the handle to its end, which any thread may await
     * @throws IllegalStateException on another thread, or outside a runtime
     */
    JoinHandle<@Nullable Void> spawnLocal(Action body);
}
