package dev.edo.impl.scheduler;

import dev.edo.impl.runtime.RuntimeHandle;
import dev.edo.impl.scheduler.currentthread.Core;
import dev.edo.impl.scheduler.multithread.Worker;
import dev.edo.impl.task.Task;
import dev.edo.impl.task.coroutine.AwaitSpin;
import dev.edo.impl.task.coroutine.Carriers;
import dev.edo.impl.task.local.LocalTasks;
import dev.edo.internal.LeadingPad;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * What a thread is doing for a runtime. A platform thread has one that also serves the virtual threads it
 * carries; a virtual thread gets one of its own only if it enters a runtime by hand.
 *
 * <p>All fields belong to the thread: read and written by it alone (a mounted virtual thread counts as its
 * carrier, because it cannot unmount between finding the context and using it).
 */
public final class ThreadContext extends LeadingPad {
    private static final ThreadLocal<@Nullable ThreadContext> CONTEXT = new ThreadLocal<>();

    private static final Aside NOTHING = new Aside(null, null, null, null, null, false);

    /** The runtime this thread is inside of. */
    public @Nullable RuntimeHandle handle;

    /** The worker this thread drives, until it hands it off. */
    public @Nullable Worker worker;

    /** The core of a current-thread scheduler that this thread holds. */
    public @Nullable Core core;

    /** The runtime whose {@code blockOn} closure this thread is in, outside of tasks. */
    public @Nullable RuntimeHandle blockingOn;

    /** The task that is running; null for child virtual threads and outside tasks. */
    public @Nullable Task<?> task;

    /** The set of local tasks that the thread runs or has entered. */
    public @Nullable LocalTasks local;

    /** How many guards of this thread are open that put it inside a runtime. */
    public int enterDepth;

    /** True while a scheduler runs something on this thread: blocking it would stall others. */
    public boolean inScheduler;

    /** How this thread waits for futures outside of tasks. */
    public final AwaitSpin awaitSpin = new AwaitSpin();

    /**
     * The context of the platform thread that executes the caller, be it directly or as a carrier.
     *
     * @return null when that thread never had to do with a runtime
     */
    public static @Nullable ThreadContext carrier() {
        return Carriers.currentCarrier() instanceof EdoThread own ? own.context : Carriers.carrierLocal(CONTEXT);
    }

    /** The context of the calling platform thread, made if there is none. */
    public static ThreadContext ofPlatformThread() {
        if (Thread.currentThread() instanceof EdoThread own) {
            return own.context;
        }
        return local();
    }

    /** The context that a virtual thread made by entering a runtime by hand, or null. */
    public static @Nullable ThreadContext entered() {
        return CONTEXT.get();
    }

    /**
     * A random number for what the calling thread polls: of the worker that it drives, or else of the runtime that it
     * is inside of, so that it follows the runtime's seed.
     */
    public static int random() {
        var context = carrier();
        var worker = context == null ? null : context.worker;
        if (worker != null) {
            return worker.random();
        }
        var handle = RuntimeHandle.tryCurrent();
        return handle != null ? handle.random() : ThreadLocalRandom.current().nextInt();
    }

    /** The calling thread's own context in a thread local, made if there is none. */
    public static ThreadContext local() {
        var context = CONTEXT.get();
        if (context == null) {
            context = new ThreadContext();
            CONTEXT.set(context);
        }
        return context;
    }

    /**
     * What a thread was doing for one runtime, or is doing for none, while it ends another.
     *
     * @param worker the worker it drives
     * @param core the core of a current-thread scheduler that it holds
     * @param blockingOn the runtime whose {@code blockOn} closure it is in
     * @param task the task that is running
     * @param local the set of local tasks
     * @param inScheduler whether a scheduler runs something on it
     */
    public record Aside(
            @Nullable Worker worker,
            @Nullable Core core,
            @Nullable RuntimeHandle blockingOn,
            @Nullable Task<?> task,
            @Nullable LocalTasks local,
            boolean inScheduler) {}

    /** Begins afresh, for another runtime. */
    public Aside putAside() {
        var aside = new Aside(worker, core, blockingOn, task, local, inScheduler);
        takeUp(NOTHING);
        return aside;
    }

    /** Goes on with what was put aside. */
    public void takeUp(Aside aside) {
        worker = aside.worker;
        core = aside.core;
        blockingOn = aside.blockingOn;
        task = aside.task;
        local = aside.local;
        inScheduler = aside.inScheduler;
    }
}
