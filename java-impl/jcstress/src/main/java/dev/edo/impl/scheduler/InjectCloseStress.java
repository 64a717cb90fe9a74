package dev.edo.impl.scheduler;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZIZ_Result;

/** A producer pushes while the last worker closes the queue and drains it. */
@JCStressTest
@Outcome(id = "false, 1, false", expect = Expect.ACCEPTABLE,
        desc = "Refused, and the producer dropped the task.")
@Outcome(id = "true, 1, false", expect = Expect.ACCEPTABLE,
        desc = "Queued, and dropped by the worker, or by the producer because the worker was through.")
@Outcome(id = ".*, .*, true", expect = Expect.FORBIDDEN,
        desc = "The producer had looked before the queue was closed and linked after it was drained: the task"
                + " stays behind, and who waits for it waits for ever.")
@Outcome(id = ".*, 0, false", expect = Expect.FORBIDDEN,
        desc = "The task is in no queue and nobody dropped it.")
@Outcome(id = ".*, 2, false", expect = Expect.FORBIDDEN, desc = "The task was dropped twice.")
@State
public class InjectCloseStress {
    private final Inject inject = new Inject();
    private final StressItem item = new StressItem(0);

    @Actor
    public void producer(ZIZ_Result result) {
        result.r1 = inject.push(item);
        if (result.r1) {
            inject.dropAllIfClosed();
        } else {
            item.drop();
        }
    }

    @Actor
    public void lastWorker() {
        inject.close();
        inject.dropAllIfClosed();
    }

    @Arbiter
    public void inTheEnd(ZIZ_Result result) {
        result.r2 = item.dropped;
        result.r3 = inject.pop() != null;
    }
}
