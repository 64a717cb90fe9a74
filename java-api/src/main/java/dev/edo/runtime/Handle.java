package dev.edo.runtime;

import dev.edo.future.CheckReturnValue;
import dev.edo.future.Future;
import dev.edo.spi.EdoProvider;
import dev.edo.task.Action;
import dev.edo.task.JoinHandle;
import dev.edo.task.TaskBuilder;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * A reference to a runtime, to be passed around freely. It does not keep the runtime alive: what is spawned
 * after shutdown comes back cancelled.
 *
 * @see <a href="https://docs.rs/tokio/latest/tokio/runtime/struct.Handle.html">tokio::runtime::Handle</a>
 */
public interface Handle {
    /**
     * The runtime that this thread is inside of.
     *
     * @return its handle
     * @throws IllegalStateException when the thread is not inside a runtime
     */
    static Handle current() {
        var handle = tryCurrent();
        if (handle == null) {
            throw new IllegalStateException("no Edo runtime on this thread; call from inside Edo.run, blockOn or"
                    + " a task, or enter one: try (var guard = runtime.handle().enter()) { ... }");
        }
        return handle;
    }

    /** {@return the handle of the runtime that this thread is inside of, or null} */
    static @Nullable Handle tryCurrent() {
        return EdoProvider.get().currentHandle();
    }

    /**
     * Puts this thread inside the runtime.
     *
     * @return closes to leave it again
     */
    EnterGuard enter();

    /**
     * Spawns a stackless task.
     *
     * @param future polled on the runtime's workers
     * @param <T> the type of its value
     * @return the handle to its result
     */
    <T extends @Nullable Object> JoinHandle<T> spawn(Future<T> future);

    /**
     * Spawns a task in direct style: a virtual thread on the runtime's workers.
     *
     * @param body ordinary blocking code
     * @param <T> the type of its result
     * @return the handle to its result
     */
    <T extends @Nullable Object> JoinHandle<T> spawn(Callable<T> body);

    /**
     * Spawns a task in direct style that has no result.
     *
     * @param body ordinary blocking code
     * @return the handle to its end
     */
    JoinHandle<@Nullable Void> spawn(Action body);

    /**
     * Runs code that blocks a platform thread (file I/O, native calls, computing) on the blocking pool.
     *
     * @param body the code
     * @param <T> the type of its result
     * @return the handle to its result
     * @throws IllegalStateException where the pool has no thread, and the system allows none
     */
    <T extends @Nullable Object> JoinHandle<T> spawnBlocking(Callable<T> body);

    /**
     * Runs code without a result on the blocking pool.
     *
     * @param body the code
     * @return the handle to its end
     * @throws IllegalStateException where the pool has no thread, and the system allows none
     */
    JoinHandle<@Nullable Void> spawnBlocking(Action body);

    /** {@return spawns on this runtime, with a name} */
    TaskBuilder task();

    /**
     * Runs a future to its end on the calling thread, inside this runtime. A current-thread runtime runs its
     * tasks meanwhile, unless another thread is doing that already. An interrupt of the thread ends the wait at once:
     * the future is cancelled, and the interrupt status stays set.
     *
     * @param future what to run
     * @param <T> the type of its value
     * @return its value
     * @throws IllegalStateException inside a task, whose worker must not be blocked; of a current-thread runtime also
     *     on a virtual thread, in the poll of a future that its {@code blockOn} runs, and once it has been shut down
     * @throws java.util.concurrent.CancellationException where the thread was interrupted
     * @throws Exception what the future failed with
     */
    <T extends @Nullable Object> T blockOn(Future<T> future) throws Exception;

    /**
     * Runs code on the calling thread, inside this runtime: each {@code await()} in it blocks the thread, and
     * drives the scheduler of a current-thread runtime.
     *
     * @param body the code
     * @param <T> the type of its result
     * @return its result
     * @throws IllegalStateException inside a task; of a current-thread runtime also on a virtual thread
     * @throws Exception what the code threw
     */
    <T extends @Nullable Object> T blockOn(Callable<T> body) throws Exception;

    /**
     * Runs code without a result on the calling thread, inside this runtime.
     *
     * @param body the code
     * @throws IllegalStateException inside a task; of a current-thread runtime also on a virtual thread
     * @throws Exception what the code threw
     */
    void blockOn(Action body) throws Exception;

    /**
     * Polls a future inside this runtime wherever it is polled: what it makes there (timers, sockets, tasks)
     * belongs to this one.
     *
     * <pre>{@code
     * plain.blockOn(timed.wrap(Future.lazy(() -> Edo.sleep(second)).then(sleep -> sleep)));
     * }</pre>
     *
     * <p><em>Cancel safety:</em> as the future's.
     *
     * @param future what to poll
     * @param <T> the type of its value
     * @return the same, inside this runtime
     * @see <a href="https://docs.rs/tokio-util/latest/tokio_util/context/trait.RuntimeExt.html#tymethod.wrap">RuntimeExt::wrap</a>
     */
    @CheckReturnValue
    default <T extends @Nullable Object> Future<T> wrap(Future<T> future) {
        return new WrappedFuture<>(this, future);
    }

    /** {@return which scheduler the runtime has} */
    RuntimeFlavor flavor();

    /** {@return the runtime's id} */
    RuntimeId id();

    /** {@return the runtime's name, or null} */
    @Nullable String name();

    /** {@return live figures} */
    RuntimeMetrics metrics();

    /**
     * Looks at every task of the runtime: what it is doing, and where it waits. As {@link #dump(Duration)} with a
     * limit of one second.
     *
     * <p><em>Cancel safety:</em> the dump is dropped.
     *
     * @return completes within about a second, whatever the runtime is doing
     * @throws IllegalStateException from the future, where the system allows no thread for it
     */
    @CheckReturnValue
    default Future<Dump> dump() {
        return dump(Dump.DEFAULT_LIMIT);
    }

    /**
     * Looks at every task of the runtime: what it is doing, and where it waits. A thread of its own does so, and no
     * worker stops for it. Of a task in direct style it takes the stack. A stackless task is asked to trace itself: it
     * gets a turn, in which it is polled twice, first with a context that {@linkplain
     * dev.edo.future.Context#isTracing() traces} and then as ever.
     *
     * <p>It is made for a runtime that is stuck. A task that does not come round within the limit is reported as far
     * as it is known: with the stack of the thread that it keeps, where it is running, and without a trace otherwise.
     * Where the workers themselves may be stuck, wait for it on a thread outside of the runtime:
     *
     * <pre>{@code
     * System.err.println(handle.dump(Duration.ofMillis(250)).await());
     * }</pre>
     *
     * <p>Each stackless task costs a turn, which metrics and hooks count as the one poll that it is for them, and each
     * waiting one is scheduled from outside. Nothing of it costs anything while nobody asks for a dump.
     *
     * <p>Not in the dump are tasks that belong to a {@link dev.edo.task.LocalSet}, as in Tokio; the futures of
     * {@code blockOn}; and, except for their number, tasks that were spawned and had no turn yet. A current-thread
     * runtime traces its stackless tasks while a thread drives it. Its clock, if it is paused, stands still meanwhile.
     *
     * <p><em>Cancel safety:</em> the dump is dropped.
     *
     * @param limit how long to wait for tasks that are busy; stacks, which need not wait for anybody, are taken for a
     *     second in any case, if there are so many
     * @return completes within about the limit, whatever the runtime is doing
     * @throws IllegalArgumentException where the limit is negative
     * @throws IllegalStateException from the future, where the system allows no thread for it
     * @see <a href="https://docs.rs/tokio/latest/tokio/runtime/struct.Handle.html#method.dump">Handle::dump</a>
     */
    @CheckReturnValue
    Future<Dump> dump(Duration limit);

    /** {@return whether the runtime has begun to shut down} */
    boolean isShutdown();
}
