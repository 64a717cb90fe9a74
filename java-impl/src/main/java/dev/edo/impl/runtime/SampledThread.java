package dev.edo.impl.runtime;

import dev.edo.impl.blocking.BlockingTask;
import dev.edo.impl.scheduler.EdoThread;
import dev.edo.impl.scheduler.Scheduler;
import dev.edo.impl.scheduler.currentthread.CurrentThread;
import dev.edo.impl.scheduler.multithread.Worker;
import dev.edo.impl.task.Task;
import dev.edo.impl.task.coroutine.Coroutine;
import dev.edo.runtime.DumpedThread;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A thread of a runtime as somebody else saw it for a moment.
 *
 * @param name its name
 * @param role what it is there for
 * @param task the task of the runtime that it ran before its stack was taken and afterwards, or null
 * @param idle whether it slept because there was nothing to do
 * @param state what the JVM said that it did
 * @param stack innermost frame first
 */
record SampledThread(
        String name,
        String role,
        @Nullable Task<?> task,
        boolean idle,
        Thread.State state,
        List<StackTraceElement> stack) {
    /** A thread that goes from task to task all the time is told without one. */
    private static final int MOST_TRIES = 3;

    /** Those that drive workers, run tasks or run blocking jobs. */
    static List<SampledThread> ofRuntime(RuntimeHandle handle) {
        var threads = new ArrayList<SampledThread>();
        var currentThread = handle.currentThread();
        var holder = currentThread == null ? null : currentThread.holder();
        if (holder != null) {
            threads.add(ofHolder(holder, currentThread));
        }
        handle.blockingPool().threads().forEach((thread, job) -> {
            if (job != null && thread instanceof EdoThread own) {
                threads.add(ofPool(own, job));
            }
        });
        return threads;
    }

    private static SampledThread ofHolder(Thread holder, CurrentThread scheduler) {
        var seen = sample(holder, "inside blockOn", () -> of(scheduler, scheduler.task()), scheduler::isIdle);
        boolean sleeps = seen.idle && SampledStack.isInTheDrivers(seen.stack); // and not in a hook of the application
        return new SampledThread(seen.name, seen.role, seen.task, sleeps, seen.state, seen.stack);
    }

    private static SampledThread ofPool(EdoThread thread, Runnable job) {
        if (!(job instanceof Worker worker)) {
            return sample(thread, job.toString(), () -> null, () -> false);
        }
        var scheduler = worker.scheduler();
        if (thread.worker() != worker) {
            return sample(thread, "blocks in place", () -> of(scheduler, thread.task()), () -> false);
        }
        return sample(thread, worker.toString(), () -> of(scheduler, thread.task()), () -> scheduler.isIdle(worker));
    }

    /**
     * A task, if it is one of the runtime's. The thread may be inside a task or a job of another runtime, out of which
     * it drives this one, or run tasks of a local set.
     */
    private static @Nullable Task<?> of(Scheduler scheduler, @Nullable Task<?> task) {
        boolean isOf = task != null && task.scheduler() == scheduler && !(task instanceof BlockingTask<?>);
        return isOf ? task : null;
    }

    private static SampledThread sample(
            Thread thread, String role, Supplier<@Nullable Task<?>> runs, BooleanSupplier sleeps) {
        boolean idle = sleeps.getAsBoolean();
        Task<?> task = null;
        List<StackTraceElement> stack = List.of();
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            task = runs.get();
            stack = List.of(thread.getStackTrace());
            if (task == runs.get()) {
                break;
            }
            task = null;
        }
        return new SampledThread(thread.getName(), role, task, task == null && (idle || sleeps.getAsBoolean()),
                thread.getState(), stack);
    }

    /** Whether the stack says so, too. */
    boolean isInside(Task<?> running) {
        return running instanceof Coroutine<?> || SampledStack.isInsideAPoll(stack);
    }

    /** The part of the stack that is the task's own, which is a stackless one. */
    List<StackTraceElement> stackOfTask() {
        return SampledStack.ofPoll(stack);
    }

    DumpedThread dumped() {
        return new DumpedThread(name, role, task == null ? null : task.id(), idle, state, stack);
    }
}
