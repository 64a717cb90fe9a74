package dev.edo.impl.task;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.impl.scheduler.ThreadContext;
import dev.edo.task.JoinHandle;
import dev.edo.task.TaskTracker;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZJ_Result;

/** A task ends while one thread begins to track it and closes the tracker; another one waits for it all. */
@JCStressTest
@Outcome(id = "true, .*, 0", expect = Expect.ACCEPTABLE, desc = "It was over when the waiter looked.")
@Outcome(id = "false, true, 0", expect = Expect.ACCEPTABLE, desc = "The waiter waited, and was woken.")
@Outcome(id = "false, false, .*", expect = Expect.FORBIDDEN,
        desc = "All is over and the waiter sleeps for ever.")
@Outcome(expect = Expect.FORBIDDEN, desc = "The end of the task was not counted.")
@State
public class TrackerWaitStress {
    private static final StressScheduler SCHEDULER = new StressScheduler();

    private final StacklessTask<Integer> task = new StacklessTask<>(SCHEDULER, Future.ready(7));
    private final ThreadContext context = new ThreadContext();
    private volatile boolean woken;
    private final TaskTracker tracker = new TaskTracker();
    private final Future<@Nullable Void> wait = tracker.waitAll();
    private @Nullable JoinHandle<Integer> tracked;

    @Actor
    public void end() {
        task.run(context, 1);
    }

    @Actor
    public void trackAndClose() {
        tracked = tracker.track(task);
        tracker.close();
    }

    @Actor
    public void await(ZZJ_Result r) {
        try {
            r.r1 = wait.poll(Context.of(() -> woken = true)).isReady();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Arbiter
    public void look(ZZJ_Result r) {
        r.r2 = woken;
        r.r3 = tracker.size() + (tracked != null && tracked.isFinished() ? 0 : 100);
    }
}
