package dev.edo.impl.task;

import dev.edo.future.Future;
import dev.edo.impl.scheduler.Inject;
import dev.edo.impl.scheduler.ThreadContext;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZJ_Result;

/** The runtime ends while a task is spawned: who empties the queue finds it there, or its spawner sees the end. */
@JCStressTest
@Outcome(id = "true, 0", expect = Expect.ACCEPTABLE, desc = "It has ended.")
@Outcome(id = "false, .*", expect = Expect.FORBIDDEN, desc = "Nobody ends it: its joiner waits for ever.")
@Outcome(id = "true, .*", expect = Expect.FORBIDDEN, desc = "It has ended and counts as alive.")
@State
public class SpawnShutdownStress {
    private final StressScheduler scheduler = new StressScheduler();
    private final OwnedTasks owned = scheduler.owned();
    private final Inject queue = new Inject();
    private final ThreadContext context = new ThreadContext();
    private final StacklessTask<String> task = new StacklessTask<>(scheduler, Future.<String>pending());

    @Actor
    public void spawner() {
        if (owned.admit(task, null)) {
            queue.push(task);
            owned.shutDownIfClosed(task);
        } else {
            task.abandon();
        }
    }

    @Actor
    public void worker() {
        owned.closeAndShutDownAll(0);
        var queued = queue.pop();
        if (queued != null) {
            queued.run(context, 128);
        }
    }

    @Arbiter
    public void afterwards(ZJ_Result result) {
        result.r1 = task.isFinished();
        result.r2 = owned.aliveCount();
    }
}
