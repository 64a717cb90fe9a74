package dev.edo.task;

import dev.edo.future.Future;
import dev.edo.runtime.Handle;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A pool of threads, each with a {@link dev.edo.runtime.LocalRuntime} of its own: a task stays on
 * the thread that it was given to. For work on things that belong to a thread, on more than one of
 * them.
 *
 * <pre>{@code
 * try (var pool = new LocalPoolHandle(4)) {
 *     var length = pool.spawnPinned(() -> {
 *         LocalSpawner.current().spawnLocal(housekeeping); // on the same thread
 *         return measure();
 *     });
 *     IO.println(length.await());
 * }
 * }</pre>
 *
 * @see <a href="https://docs.rs/tokio-util/latest/tokio_util/task/struct.LocalPoolHandle.html">
 *     tokio_util::task::LocalPoolHandle</a>
 */
public final class LocalPoolHandle implements AutoCloseable {
    private final LocalWorker[] workers;

    /**
     * Starts the threads.
     *
     * @param threads how many, at least 1
     * @throws IllegalArgumentException when there are fewer
     * @throws IllegalStateException when the runtime of a thread cannot be made
     */
    public LocalPoolHandle(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads=" + threads + "; want at least 1");
        }
        workers = new LocalWorker[threads];
        int started = 0;
        try {
            for (; started < threads; started++) {
                workers[started] = new LocalWorker(started);
            }
            for (var worker : workers) {
                worker.awaitStart();
            }
        } catch (Throwable e) {
            for (int i = 0; i < started; i++) {
                workers[i].stop(); // nobody will have a pool to close
            }
            throw e;
        }
    }

    /**
     * Spawns a task in direct style on the thread with the fewest tasks.
     *
     * @param body ordinary blocking code, carried by that thread
     * @param <T> the type of its result
     * @return the handle to its result; comes back cancelled when the pool is closed
     */
    public <T extends @Nullable Object> JoinHandle<T> spawnPinned(Callable<T> body) {
        return spawn(leastBusy(), handle -> handle.spawn(body));
    }

    /**
     * Spawns a stackless task on the thread with the fewest tasks.
     *
     * @param future polled on that thread; {@link Future#lazy} makes what belongs to the thread
     *     there
     * @param <T> the type of its value
     * @return the handle to its result; comes back cancelled when the pool is closed
     */
    public <T extends @Nullable Object> JoinHandle<T> spawnPinned(Future<T> future) {
        return spawn(leastBusy(), handle -> handle.spawn(future));
    }

    /**
     * Spawns a task in direct style on a given thread.
     *
     * @param thread from 0
     * @param body ordinary blocking code, carried by that thread
     * @param <T> the type of its result
     * @return the handle to its result; comes back cancelled when the pool is closed
     * @throws IndexOutOfBoundsException when there is no such thread
     */
    public <T extends @Nullable Object> JoinHandle<T> spawnPinnedOn(int thread, Callable<T> body) {
        return spawn(worker(thread), handle -> handle.spawn(body));
    }

    /**
     * Spawns a stackless task on a given thread.
     *
     * @param thread from 0
     * @param future polled on that thread
     * @param <T> the type of its value
     * @return the handle to its result; comes back cancelled when the pool is closed
     * @throws IndexOutOfBoundsException when there is no such thread
     */
    public <T extends @Nullable Object> JoinHandle<T> spawnPinnedOn(int thread, Future<T> future) {
        return spawn(worker(thread), handle -> handle.spawn(future));
    }

    private LocalWorker worker(int thread) {
        if (thread < 0 || thread >= workers.length) {
            throw new IndexOutOfBoundsException("thread=" + thread + "; want 0 to " + (workers.length - 1));
        }
        var worker = workers[thread];
        worker.tasks.incrementAndGet();
        return worker;
    }

    /** Counts one task more on it before anybody else chooses. */
    private LocalWorker leastBusy() {
        for (;;) {
            var best = workers[0];
            int fewest = Integer.MAX_VALUE;
            for (var worker : workers) {
                int tasks = worker.tasks.get();
                if (tasks < fewest) {
                    best = worker;
                    fewest = tasks;
                }
            }
            if (best.tasks.compareAndSet(fewest, fewest + 1)) {
                return best;
            }
        }
    }

    private static <T extends @Nullable Object> JoinHandle<T> spawn(
            LocalWorker worker, Function<Handle, JoinHandle<T>> spawn) {
        JoinHandle<T> task = null;
        try {
            task = spawn.apply(worker.awaitStart());
        } finally {
            if (task == null) {
                worker.tasks.decrementAndGet();
            }
        }
        var counted = new WatchedTask<T>(task) {
            @Override
            void over() {
                worker.tasks.decrementAndGet();
            }
        };
        counted.watch();
        return counted;
    }

    /** {@return how many threads there are} */
    public int threadCount() {
        return workers.length;
    }

    /** {@return how many tasks each thread has now that were pinned to it and have not ended} */
    public int[] taskCounts() {
        return Arrays.stream(workers).mapToInt(worker -> worker.tasks.get()).toArray();
    }

    /**
     * Cancels the tasks and waits until the threads have ended. Idempotent.
     *
     * <p><em>Blocking:</em> waits for running blocking jobs of the threads' runtimes, too.
     *
     * @throws IllegalStateException inside a task of the pool
     */
    @Override
    public void close() {
        for (var worker : workers) {
            worker.checkOutside();
        }
        for (var worker : workers) {
            worker.stop();
        }
        for (var worker : workers) {
            worker.awaitEnd();
        }
    }

    @Override
    public String toString() {
        return "LocalPoolHandle[taskCounts=" + Arrays.toString(taskCounts()) + "]";
    }
}
