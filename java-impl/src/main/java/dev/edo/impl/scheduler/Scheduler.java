package dev.edo.impl.scheduler;

import dev.edo.future.Waker;
import dev.edo.impl.task.OwnedTasks;
import dev.edo.impl.task.TaskHooks;
import dev.edo.impl.task.TaskList;
import dev.edo.impl.task.TraceRequests;
import dev.edo.impl.task.coroutine.Carriers;
import dev.edo.impl.task.coroutine.Coroutine;
import dev.edo.internal.WakeBatch;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What tasks ask of the scheduler they belong to. */
public abstract class Scheduler {
    private static final VarHandle CONTAINER;

    static {
        try {
            CONTAINER = MethodHandles.lookup().findVarHandle(Scheduler.class, "container", Object.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final String name;
    private final OwnedTasks owned;
    private final TaskHooks hooks;
    private final JobsUnderWay jobs = new JobsUnderWay();
    private final TraceRequests traceRequests = new TraceRequests();

    @SuppressWarnings("FieldMayBeFinal") // written through CONTAINER
    private volatile @Nullable Object container;

    /**
     * A scheduler.
     *
     * @param name what a thread dump calls its threads
     */
    protected Scheduler(@Nullable String name, OwnedTasks owned, TaskHooks hooks) {
        this.name = Objects.requireNonNullElse(name, "edo");
        this.owned = owned;
        this.hooks = hooks;
    }

    /** What a thread dump calls its threads. */
    final String name() {
        return name;
    }

    /** What the threads of its tasks in direct style are started in, made for the first of them. */
    public final Object threadContainer() {
        var made = container;
        if (made == null) {
            CONTAINER.compareAndSet(this, null, Carriers.newContainer(name, this::threads));
            made = Objects.requireNonNull(container);
        }
        return made;
    }

    private Stream<Thread> threads() {
        return owned.listed().stream().<Thread>mapMulti((task, sink) -> {
            if (task instanceof Coroutine<?> coroutine && coroutine.thread().isAlive()) {
                sink.accept(coroutine.thread());
            }
        });
    }

    /** The tasks that were spawned here and have not ended. */
    public final OwnedTasks owned() {
        return owned;
    }

    /** The list of tasks that the calling thread has to itself, because it drives this scheduler, or null. */
    public @Nullable TaskList ownList() {
        return null;
    }

    public final TaskHooks hooks() {
        return hooks;
    }

    /** The jobs of the blocking pool that were given from here. */
    public final JobsUnderWay jobs() {
        return jobs;
    }

    /** Who wants to know where the tasks wait. */
    public final TraceRequests traceRequests() {
        return traceRequests;
    }

    /** Makes a task run soon; from any thread, never blocks. Where the scheduler has ended it is dropped. */
    public abstract void schedule(Schedulable task);

    /**
     * The same for one of several tasks that one call wakes, which may be put off to be queued together.
     *
     * @param batch what that call has put off so far
     * @return what it has put off now, and has to end
     */
    public @Nullable WakeBatch schedule(Schedulable task, @Nullable WakeBatch batch) {
        schedule(task);
        return batch;
    }

    /** Makes a task run after all that are runnable now. */
    public abstract void yieldNow(Schedulable task);

    /**
     * Makes a task run after all that are runnable now, and after the drivers were looked at once more.
     *
     * @param context of the thread that has just polled the task, and calls
     */
    public abstract void yieldToDrivers(Schedulable task, ThreadContext context);

    /**
     * Makes a virtual thread run that the JDK made runnable: as {@link #yieldNow}, but where all carriers are blocked
     * it does not wait for them. Its {@code run} calls {@link #handOverStarted()} first of all.
     */
    public abstract void handOver(Schedulable thread);

    /** A virtual thread that was handed over has left its queue. */
    public abstract void handOverStarted();

    /** A virtual thread had a turn on a thread that is none of the scheduler's; its task may have ended there. */
    public void ranElsewhere() {}

    /** Wakes a waker after the drivers were looked at once more. */
    public abstract void defer(Waker waker);

    /** A task threw. */
    public abstract void unhandledPanic(Throwable cause);

    /** Counts a yield that a used-up budget forced. */
    public abstract void countForcedYield();
}
