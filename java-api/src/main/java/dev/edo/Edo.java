package dev.edo;

import dev.edo.future.CheckReturnValue;
import dev.edo.future.Future;
import dev.edo.future.IoFuture;
import dev.edo.future.Join;
import dev.edo.future.JoinFuture;
import dev.edo.future.Joined2;
import dev.edo.future.Joined3;
import dev.edo.future.Joined4;
import dev.edo.future.Joined5;
import dev.edo.future.Joined6;
import dev.edo.future.Select;
import dev.edo.future.Select2;
import dev.edo.future.Select3;
import dev.edo.future.Select4;
import dev.edo.future.Select5;
import dev.edo.future.Select6;
import dev.edo.runtime.EdoRuntime;
import dev.edo.runtime.Handle;
import dev.edo.signal.Signal;
import dev.edo.spi.EdoProvider;
import dev.edo.task.Action;
import dev.edo.task.JoinHandle;
import dev.edo.task.LocalSpawner;
import dev.edo.time.Sleep;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * What most programs import: running, spawning, waiting.
 *
 * <pre>{@code
 * void main() {
 *     Edo.run(() -> {
 *         var answer = Edo.spawn(() -> 42);
 *         Edo.sleep(Duration.ofMillis(100)).await();
 *         IO.println(answer.await());
 *     });
 * }
 * }</pre>
 */
public final class Edo {
    private Edo() {}

    /**
     * Runs a program in a new multi-thread runtime with I/O and time enabled, and shuts the runtime down when
     * the program ended: {@code #[tokio::main]}. The body runs on the calling thread.
     *
     * @param body the program
     * @throws CompletionException around a checked exception that the program threw
     * @throws IllegalStateException inside a task, and where no runtime can be made
     */
    public static void run(Action body) {
        var runtime = EdoRuntime.create();
        try (runtime) {
            runtime.blockOn(body);
        } catch (RuntimeException e) {
            runtime.shutdownBackground(); // inside a task close() was refused, as was the program
            throw e;
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }

    /**
     * Spawns a task in direct style on the current runtime: a virtual thread on Edo's workers.
     *
     * @param body ordinary blocking code
     * @param <T> the type of its result
     * @return the handle to its result
     * @throws IllegalStateException outside a runtime
     */
    public static <T extends @Nullable Object> JoinHandle<T> spawn(Callable<T> body) {
        return Handle.current().spawn(body);
    }

    /**
     * Spawns a task in direct style that has no result.
     *
     * @param body ordinary blocking code
     * @return the handle to its end
     * @throws IllegalStateException outside a runtime
     */
    public static JoinHandle<@Nullable Void> spawn(Action body) {
        return Handle.current().spawn(body);
    }

    /**
     * Spawns a stackless task on the current runtime.
     *
     * @param future polled on the runtime's workers
     * @param <T> the type of its value
     * @return the handle to its result
     * @throws IllegalStateException outside a runtime
     */
    public static <T extends @Nullable Object> JoinHandle<T> spawn(Future<T> future) {
        return Handle.current().spawn(future);
    }

    /**
     * Spawns a stackless task that stays on this thread; see {@link LocalSpawner}.
     *
     * @param future polled on this thread
     * @param <T> the type of its value
     * @return the handle to its result
     * @throws IllegalStateException outside a {@link dev.edo.task.LocalSet} and a
     *     {@link dev.edo.runtime.LocalRuntime}
     */
    public static <T extends @Nullable Object> JoinHandle<T> spawnLocal(Future<T> future) {
        return LocalSpawner.current().spawnLocal(future);
    }

    /**
     * Spawns a task in direct style that is carried by this thread; see {@link LocalSpawner}.
     *
     * @param body ordinary blocking code
     * @param <T> the type of its result
     * @return the handle to its result
     * @throws IllegalStateException outside a {@link dev.edo.task.LocalSet} and a
     *     {@link dev.edo.runtime.LocalRuntime}
     */
    public static <T extends @Nullable Object> JoinHandle<T> spawnLocal(Callable<T> body) {
        return LocalSpawner.current().spawnLocal(body);
    }

    /**
     * Spawns a task in direct style without a result that is carried by this thread; see {@link LocalSpawner}.
     *
     * @param body ordinary blocking code
     * @return the handle to its end
     * @throws IllegalStateException outside a {@link dev.edo.task.LocalSet} and a
     *     {@link dev.edo.runtime.LocalRuntime}
     */
    public static JoinHandle<@Nullable Void> spawnLocal(Action body) {
        return LocalSpawner.current().spawnLocal(body);
    }

    /**
     * Runs blocking code on the blocking pool of the current runtime.
     *
     * @param body the code
     * @param <T> the type of its result
     * @return the handle to its result
     * @throws IllegalStateException outside a runtime
     */
    public static <T extends @Nullable Object> JoinHandle<T> spawnBlocking(Callable<T> body) {
        return Handle.current().spawnBlocking(body);
    }

    /**
     * Runs blocking code without a result on the blocking pool of the current runtime.
     *
     * @param body the code
     * @return the handle to its end
     * @throws IllegalStateException outside a runtime
     */
    public static JoinHandle<@Nullable Void> spawnBlocking(Action body) {
        return Handle.current().spawnBlocking(body);
    }

    /**
     * Tells which worker of its runtime the calling code runs on. A task in direct style may be on another one after each
     * {@code await()}, a stackless one at each poll.
     *
     * <pre>{@code
     * Edo.workerIndex().ifPresent(index -> perWorker[index].increment());
     * }</pre>
     *
     * @return the worker's number as in {@link dev.edo.runtime.RuntimeMetrics}, 0 inside {@code blockOn} of a
     *     current-thread runtime; nothing on all other threads, in {@code spawnBlocking}, and in {@code blockInPlace}
     *     where another thread took the worker over
     * @see <a href="https://docs.rs/tokio/latest/tokio/runtime/fn.worker_index.html">tokio::runtime::worker_index</a>
     */
    public static OptionalInt workerIndex() {
        return EdoProvider.get().currentWorker();
    }

    /**
     * Runs blocking code on this very thread, after handing the worker's duties to another thread. Meant for
     * tasks of a multi-thread runtime; elsewhere it just runs the code. A task in direct style needs it for what
     * keeps its worker busy, as computing and native calls do; what parks the task does not.
     *
     * @param body the code
     * @param <T> the type of its result
     * @return its result
     * @throws IllegalStateException in a poll by a current-thread runtime or a {@link dev.edo.task.LocalSet}, be it
     *     of a stackless task or of the future that is waited for: no other thread could go on with the tasks
     * @throws Exception what the code threw
     */
    public static <T extends @Nullable Object> T blockInPlace(Callable<T> body) throws Exception {
        return EdoProvider.get().blockInPlace(body);
    }

    /**
     * Lets other tasks run first.
     *
     * <p><em>Cancel safety:</em> nothing is lost.
     *
     * @return completes when the others had their turn
     */
    @CheckReturnValue
    public static Future<@Nullable Void> yieldNow() {
        return EdoProvider.get().yieldNow();
    }

    /**
     * Waits for a while.
     *
     * <p><em>Cancel safety:</em> nothing is lost.
     *
     * @param duration how long; rounded up
     * @return completes when the time is over
     * @throws IllegalStateException outside a runtime, or when its time is not enabled
     */
    @CheckReturnValue
    public static Sleep sleep(Duration duration) {
        return Sleep.of(duration);
    }

    /**
     * Limits how long a future may take, from this call on; see {@link dev.edo.time.Timeout}.
     *
     * <p><em>Cancel safety:</em> as the future's.
     *
     * @param limit the longest wait
     * @param future what to wait for; cancelled when the time is over
     * @param <T> the type of its value
     * @return fails with {@link dev.edo.time.Elapsed} when the time is over
     * @throws IllegalStateException outside a runtime, or when its time is not enabled
     */
    @CheckReturnValue
    public static <T extends @Nullable Object> Future<T> timeout(Duration limit, Future<T> future) {
        return future.timeout(limit);
    }

    /**
     * Waits for Ctrl-C, which from the first poll on no longer shuts the JVM down; see {@link Signal#ctrlC()}.
     *
     * <p><em>Cancel safety:</em> what was pressed between the first poll and the cancellation is forgotten.
     *
     * <p><em>Errors:</em> fails with {@link java.io.IOException} where the JVM was started with {@code -Xrs}.
     *
     * @return completes at the first Ctrl-C
     */
    @CheckReturnValue
    public static IoFuture<@Nullable Void> ctrlC() {
        return Signal.ctrlC();
    }

    /**
     * Waits for the first of two futures and cancels the others; see {@link Select}.
     *
     * @param first the first branch
     * @param second the second branch
     * @param <A> the type of the first branch's value
     * @param <B> the type of the second branch's value
     * @return completes with the branch that won
     */
    @CheckReturnValue
    public static <A extends @Nullable Object, B extends @Nullable Object> Select2<A, B> select(
            Future<? extends A> first, Future<? extends B> second) {
        return Select.of(first, second);
    }

    /**
     * Waits for the first of three futures and cancels the others; see {@link Select}.
     *
     * @param first the first branch
     * @param second the second branch
     * @param third the third branch
     * @param <A> the type of the first branch's value
     * @param <B> the type of the second branch's value
     * @param <C> the type of the third branch's value
     * @return completes with the branch that won
     */
    @CheckReturnValue
    public static <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object>
            Select3<A, B, C> select(
                    Future<? extends A> first,
                    Future<? extends B> second,
                    Future<? extends C> third) {
        return Select.of(first, second, third);
    }

    /**
     * Waits for the first of four futures and cancels the others; see {@link Select}.
     *
     * @param first the first branch
     * @param second the second branch
     * @param third the third branch
     * @param fourth the fourth branch
     * @param <A> the type of the first branch's value
     * @param <B> the type of the second branch's value
     * @param <C> the type of the third branch's value
     * @param <D> the type of the fourth branch's value
     * @return completes with the branch that won
     */
    @CheckReturnValue
    public static <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object>
            Select4<A, B, C, D> select(
                    Future<? extends A> first,
                    Future<? extends B> second,
                    Future<? extends C> third,
                    Future<? extends D> fourth) {
        return Select.of(first, second, third, fourth);
    }

    /**
     * Waits for the first of five futures and cancels the others; see {@link Select}.
     *
     * @param first the first branch
     * @param second the second branch
     * @param third the third branch
     * @param fourth the fourth branch
     * @param fifth the fifth branch
     * @param <A> the type of the first branch's value
     * @param <B> the type of the second branch's value
     * @param <C> the type of the third branch's value
     * @param <D> the type of the fourth branch's value
     * @param <E> the type of the fifth branch's value
     * @return completes with the branch that won
     */
    @CheckReturnValue
    public static <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object>
            Select5<A, B, C, D, E> select(
                    Future<? extends A> first,
                    Future<? extends B> second,
                    Future<? extends C> third,
                    Future<? extends D> fourth,
                    Future<? extends E> fifth) {
        return Select.of(first, second, third, fourth, fifth);
    }

    /**
     * Waits for the first of six futures and cancels the others; see {@link Select}.
     *
     * @param first the first branch
     * @param second the second branch
     * @param third the third branch
     * @param fourth the fourth branch
     * @param fifth the fifth branch
     * @param sixth the sixth branch
     * @param <A> the type of the first branch's value
     * @param <B> the type of the second branch's value
     * @param <C> the type of the third branch's value
     * @param <D> the type of the fourth branch's value
     * @param <E> the type of the fifth branch's value
     * @param <F> the type of the sixth branch's value
     * @return completes with the branch that won
     */
    @CheckReturnValue
    public static <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object,
                    F extends @Nullable Object>
            Select6<A, B, C, D, E, F> select(
                    Future<? extends A> first,
                    Future<? extends B> second,
                    Future<? extends C> third,
                    Future<? extends D> fourth,
                    Future<? extends E> fifth,
                    Future<? extends F> sixth) {
        return Select.of(first, second, third, fourth, fifth, sixth);
    }

    /**
     * Waits for all of two futures; a failure is thrown when all have ended; see {@link Join}.
     *
     * @param first the first future
     * @param second the second future
     * @param <A> the type of the first future's value
     * @param <B> the type of the second future's value
     * @return completes with all the values
     */
    @CheckReturnValue
    public static <A extends @Nullable Object, B extends @Nullable Object> JoinFuture<Joined2<A, B>> join(
            Future<? extends A> first, Future<? extends B> second) {
        return Join.of(first, second);
    }

    /**
     * Waits for all of three futures; a failure is thrown when all have ended; see {@link Join}.
     *
     * @param first the first future
     * @param second the second future
     * @param third the third future
     * @param <A> the type of the first future's value
     * @param <B> the type of the second future's value
     * @param <C> the type of the third future's value
     * @return completes with all the values
     */
    @CheckReturnValue
    public static <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object>
            JoinFuture<Joined3<A, B, C>> join(
                    Future<? extends A> first,
                    Future<? extends B> second,
                    Future<? extends C> third) {
        return Join.of(first, second, third);
    }

    /**
     * Waits for all of four futures; a failure is thrown when all have ended; see {@link Join}.
     *
     * @param first the first future
     * @param second the second future
     * @param third the third future
     * @param fourth the fourth future
     * @param <A> the type of the first future's value
     * @param <B> the type of the second future's value
     * @param <C> the type of the third future's value
     * @param <D> the type of the fourth future's value
     * @return completes with all the values
     */
    @CheckReturnValue
    public static <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object>
            JoinFuture<Joined4<A, B, C, D>> join(
                    Future<? extends A> first,
                    Future<? extends B> second,
                    Future<? extends C> third,
                    Future<? extends D> fourth) {
        return Join.of(first, second, third, fourth);
    }

    /**
     * Waits for all of five futures; a failure is thrown when all have ended; see {@link Join}.
     *
     * @param first the first future
     * @param second the second future
     * @param third the third future
     * @param fourth the fourth future
     * @param fifth the fifth future
     * @param <A> the type of the first future's value
     * @param <B> the type of the second future's value
     * @param <C> the type of the third future's value
     * @param <D> the type of the fourth future's value
     * @param <E> the type of the fifth future's value
     * @return completes with all the values
     */
    @CheckReturnValue
    public static <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object>
            JoinFuture<Joined5<A, B, C, D, E>> join(
                    Future<? extends A> first,
                    Future<? extends B> second,
                    Future<? extends C> third,
                    Future<? extends D> fourth,
                    Future<? extends E> fifth) {
        return Join.of(first, second, third, fourth, fifth);
    }

    /**
     * Waits for all of six futures; a failure is thrown when all have ended; see {@link Join}.
     *
     * @param first the first future
     * @param second the second future
     * @param third the third future
     * @param fourth the fourth future
     * @param fifth the fifth future
     * @param sixth the sixth future
     * @param <A> the type of the first future's value
     * @param <B> the type of the second future's value
     * @param <C> the type of the third future's value
     * @param <D> the type of the fourth future's value
     * @param <E> the type of the fifth future's value
     * @param <F> the type of the sixth future's value
     * @return completes with all the values
     */
    @CheckReturnValue
    public static <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object,
                    F extends @Nullable Object>
            JoinFuture<Joined6<A, B, C, D, E, F>> join(
                    Future<? extends A> first,
                    Future<? extends B> second,
                    Future<? extends C> third,
                    Future<? extends D> fourth,
                    Future<? extends E> fifth,
                    Future<? extends F> sixth) {
        return Join.of(first, second, third, fourth, fifth, sixth);
    }

    /**
     * Waits for all of two futures, or for the first failure, which cancels the others.
     *
     * @param first the first future
     * @param second the second future
     * @param <A> the type of the first future's value
     * @param <B> the type of the second future's value
     * @return completes with all the values
     */
    @CheckReturnValue
    public static <A extends @Nullable Object, B extends @Nullable Object> JoinFuture<Joined2<A, B>> tryJoin(
            Future<? extends A> first, Future<? extends B> second) {
        return Join.tryOf(first, second);
    }

    /**
     * Waits for all of three futures, or for the first failure, which cancels the others.
     *
     * @param first the first future
     * @param second the second future
     * @param third the third future
     * @param <A> the type of the first future's value
     * @param <B> the type of the second future's value
     * @param <C> the type of the third future's value
     * @return completes with all the values
     */
    @CheckReturnValue
    public static <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object>
            JoinFuture<Joined3<A, B, C>> tryJoin(
                    Future<? extends A> first,
                    Future<? extends B> second,
                    Future<? extends C> third) {
        return Join.tryOf(first, second, third);
    }

    /**
     * Waits for all of four futures, or for the first failure, which cancels the others.
     *
     * @param first the first future
     * @param second the second future
     * @param third the third future
     * @param fourth the fourth future
     * @param <A> the type of the first future's value
     * @param <B> the type of the second future's value
     * @param <C> the type of the third future's value
     * @param <D> the type of the fourth future's value
     * @return completes with all the values
     */
    @CheckReturnValue
    public static <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object>
            JoinFuture<Joined4<A, B, C, D>> tryJoin(
                    Future<? extends A> first,
                    Future<? extends B> second,
                    Future<? extends C> third,
                    Future<? extends D> fourth) {
        return Join.tryOf(first, second, third, fourth);
    }

    /**
     * Waits for all of five futures, or for the first failure, which cancels the others.
     *
     * @param first the first future
     * @param second the second future
     * @param third the third future
     * @param fourth the fourth future
     * @param fifth the fifth future
     * @param <A> the type of the first future's value
     * @param <B> the type of the second future's value
     * @param <C> the type of the third future's value
     * @param <D> the type of the fourth future's value
     * @param <E> the type of the fifth future's value
     * @return completes with all the values
     */
    @CheckReturnValue
    public static <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object>
            JoinFuture<Joined5<A, B, C, D, E>> tryJoin(
                    Future<? extends A> first,
                    Future<? extends B> second,
                    Future<? extends C> third,
                    Future<? extends D> fourth,
                    Future<? extends E> fifth) {
        return Join.tryOf(first, second, third, fourth, fifth);
    }

    /**
     * Waits for all of six futures, or for the first failure, which cancels the others.
     *
     * @param first the first future
     * @param second the second future
     * @param third the third future
     * @param fourth the fourth future
     * @param fifth the fifth future
     * @param sixth the sixth future
     * @param <A> the type of the first future's value
     * @param <B> the type of the second future's value
     * @param <C> the type of the third future's value
     * @param <D> the type of the fourth future's value
     * @param <E> the type of the fifth future's value
     * @param <F> the type of the sixth future's value
     * @return completes with all the values
     */
    @CheckReturnValue
    public static <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object,
                    F extends @Nullable Object>
            JoinFuture<Joined6<A, B, C, D, E, F>> tryJoin(
                    Future<? extends A> first,
                    Future<? extends B> second,
                    Future<? extends C> third,
                    Future<? extends D> fourth,
                    Future<? extends E> fifth,
                    Future<? extends F> sixth) {
        return Join.tryOf(first, second, third, fourth, fifth, sixth);
    }
}
