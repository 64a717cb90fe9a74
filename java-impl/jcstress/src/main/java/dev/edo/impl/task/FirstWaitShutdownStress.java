package dev.edo.impl.task;

import dev.edo.future.Future;
import dev.edo.impl.scheduler.ThreadContext;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZII_Result;

/** The runtime ends while a task that was on no list yet is polled, and begins to wait. */
@JCStressTest
@Outcome(id = "true, 0, 0", expect = Expect.ACCEPTABLE, desc = "It has ended and is on no list.")
@Outcome(id = "false, .*, .*", expect = Expect.FORBIDDEN, desc = "Nobody ends it: its joiner waits for ever.")
@Outcome(id = "true, .*, .*", expect = Expect.FORBIDDEN, desc = "It has ended and is still there.")
@State
public class FirstWaitShutdownStress {
    private final StressScheduler scheduler = new StressScheduler();
    private final OwnedTasks owned = scheduler.owned();
    private final ThreadContext context = new ThreadContext();
    private final StacklessTask<String> task = new StacklessTask<>(scheduler, Future.<String>pending());

    public FirstWaitShutdownStress() {
        owned.admit(task, null);
    }

    @Actor
    public void poller() {
        task.run(context, 128);
    }

    @Actor
    public void closer() {
        owned.closeAndShutDownAll(0);
    }

    @Arbiter
    public void afterwards(ZII_Result result) {
        result.r1 = task.isFinished();
        result.r2 = owned.listed().size();
        result.r3 = (int) owned.aliveCount();
    }
}
