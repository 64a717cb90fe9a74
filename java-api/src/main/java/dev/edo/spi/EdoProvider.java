package dev.edo.spi;

import dev.edo.future.CheckReturnValue;
import dev.edo.future.Future;
import dev.edo.runtime.Handle;
import dev.edo.runtime.RuntimeBuilder;
import dev.edo.task.LocalSet;
import dev.edo.task.LocalSpawner;
import dev.edo.task.TaskId;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** The implementation of Edo, found once through {@link java.util.ServiceLoader}. */
public interface EdoProvider {
    /**
     * Finds the implementation.
     *
     * @return the one on the class path or module path
     * @throws IllegalStateException when {@code dev.edo:edo} is not there
     */
    static EdoProvider get() {
        return ProviderHolder.provider();
    }

    /** {@return a new runtime builder} */
    RuntimeBuilder builder();

    /** {@return the handle of the runtime that the calling thread is inside of, or null} */
    @Nullable Handle currentHandle();

    /** {@return the id of the calling task, or null} */
    @Nullable TaskId currentTaskId();

    /** {@return which worker of its runtime the calling code runs on, if it runs on one} */
    OptionalInt currentWorker();

    /**
     * Implements {@link Future#await()}.
     *
     * @param future what to wait for
     * @param <T> the type of its value
     * @return its value
     * @throws Exception what it failed with
     */
    <T extends @Nullable Object> T await(Future<T> future) throws Exception;

    /** {@return whether the calling task has some of its budget left; true outside tasks} */
    boolean hasBudgetRemaining();

    /**
     * Notes whether what the calling task polls from here on is exempt from its budget, for
     * {@link #hasBudgetRemaining()}; does nothing outside tasks.
     *
     * @param exempt whether it is
     * @return whether it was before
     */
    boolean exemptFromBudget(boolean exempt);

    /** {@return a new set of local tasks for the calling thread} */
    LocalSet newLocalSet();

    /** {@return where local tasks of the calling thread go, or null} */
    @Nullable LocalSpawner currentLocal();

    /** {@return a future that lets other tasks run first} */
    @CheckReturnValue
    Future<@Nullable Void> yieldNow();

    /**
     * Runs code that blocks on the calling worker after handing the worker's duties to another thread.
     *
     * @param body the code
     * @param <T> the type of its result
     * @return its result
     * @throws Exception what the code threw
     */
    <T extends @Nullable Object> T blockInPlace(Callable<T> body) throws Exception;

    /** {@return timers and the clock} */
    TimeProvider time();

    /** {@return sockets} */
    NetProvider net();

    /** {@return file descriptors and the standard streams} */
    IoProvider io();

    /** {@return signals of the operating system} */
    SignalProvider signals();

    /** {@return child processes} */
    ProcessProvider processes();
}
