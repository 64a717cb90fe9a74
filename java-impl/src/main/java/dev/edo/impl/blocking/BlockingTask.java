package dev.edo.impl.blocking;

import dev.edo.impl.runtime.RuntimeConfig;
import dev.edo.impl.scheduler.Scheduler;
import dev.edo.impl.scheduler.ThreadContext;
import dev.edo.impl.task.Task;
import dev.edo.impl.task.TaskHooks;
import dev.edo.impl.time.TimeDriver;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * A job of the blocking pool. It runs once, from start to end; an abort drops it only before it started.
 *
 * <p>Origin: Tokio's {@code blocking/task.rs}.
 *
 * @param <T> the type of the result
 */
public final class BlockingTask<T extends @Nullable Object> extends Task<T> implements Runnable {
    private final String description;
    private final boolean mandatory;
    private final @Nullable TimeDriver inhibited;

    /**
     * A job.
     *
     * @param mandatory whether it runs even if the runtime shuts down before it started
     * @param inhibited whose auto-advance is inhibited until the job ended, or null
     */
    public BlockingTask(
            Scheduler scheduler, Callable<T> body, boolean mandatory, @Nullable TimeDriver inhibited) {
        super(scheduler, body);
        this.inhibited = inhibited;
        this.description = body.getClass().getName();
        this.mandatory = mandatory;
        this.budget = RuntimeConfig.TASK_BUDGET; // what it awaits is polled without one: it is never used up
    }

    boolean isMandatory() {
        return mandatory;
    }

    @Override
    public void run() {
        run(ThreadContext.ofPlatformThread(), 0);
    }

    @Override
    public int run(ThreadContext context, int budget) {
        switch (toRunning()) {
            case SKIP -> {}
            case CANCEL -> endCancelled();
            case POLL, TRACE -> call(context); // nobody asks a job to trace itself
        }
        return budget;
    }

    private void call(ThreadContext context) {
        context.task = this;
        T value;
        try {
            value = body().call();
        } catch (Throwable t) {
            context.task = null;
            completePanicked(t);
            end();
            return;
        }
        context.task = null;
        completeWith(value);
        end();
    }

    @SuppressWarnings("unchecked") // until the task ends its stage is the body
    private Callable<T> body() {
        var body = (Callable<T>) stage;
        stage = null;
        return body;
    }

    /** A job has a thread of its own, and no budget. */
    @Override
    public boolean pollProceed() {
        return true;
    }

    @Override
    public void abort() {
        if (toShutdown()) {
            endCancelled();
        }
    }

    private void endCancelled() {
        completeCancelled();
        end();
    }

    /** Called before the job is given to the pool. */
    public void begin() {
        scheduler().jobs().begin();
        if (inhibited != null) {
            inhibited.inhibitAutoAdvance();
        }
    }

    private void end() {
        scheduler().jobs().end();
        if (inhibited != null) {
            inhibited.allowAutoAdvance();
        }
    }

    @Override
    public void shutDown() {
        abort();
    }

    @Override
    public void abandon() {
        abort();
    }

    @Override
    public void wake() {} // it never waits as a task

    @Override
    protected void reportPanic(Throwable cause) {} // the join handle has it

    @Override
    protected TaskHooks hooks() {
        return TaskHooks.NONE;
    }

    @Override
    public boolean isDirectStyle() {
        return false;
    }

    @Override
    public String toString() {
        return "blocking task " + id() + nameSuffix() + " (" + description + ")";
    }
}
