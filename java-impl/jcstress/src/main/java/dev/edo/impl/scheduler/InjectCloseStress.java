package dev.edo.impl.scheduler;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZZ_Result;

/** A producer pushes while the last worker closes the queue and drains it. */
@JCStressTest
@Outcome(id = "false, false, false", expect = Expect.ACCEPTABLE,
        desc = "Refused: the producer drops the task.")
@Outcome(id = "true, true, false", expect = Expect.ACCEPTABLE, desc = "Queued and drained.")
@Outcome(id = "true, false, true", expect = Expect.ACCEPTABLE_INTERESTING,
        desc = "The producer had looked before the queue was closed and linked after it was drained: the"
                + " task stays behind, and abandoning all owned tasks is what ends it.")
@Outcome(id = "false, true, .*", expect = Expect.FORBIDDEN,
        desc = "The producer was refused and drops the task, yet the worker got it: it is ended twice.")
@Outcome(id = "false, false, true", expect = Expect.FORBIDDEN,
        desc = "The producer was refused, yet the item is in the queue.")
@Outcome(id = "true, false, false", expect = Expect.FORBIDDEN,
        desc = "An item is in no queue and nobody has it: a task that never runs again.")
@Outcome(id = "true, true, true", expect = Expect.FORBIDDEN,
        desc = "An item came out twice: one task runs on two workers at once.")
@State
public class InjectCloseStress {
    private final Inject inject = new Inject();
    private final StressItem[] items = {new StressItem(0)};

    @Actor
    public void producer(ZZZ_Result result) {
        result.r1 = inject.push(items[0]);
    }

    @Actor
    public void lastWorker(ZZZ_Result result) {
        inject.close();
        result.r2 = inject.pop() != null;
    }

    @Arbiter
    public void inTheEnd(ZZZ_Result result) {
        result.r3 = inject.pop() != null;
    }
}
