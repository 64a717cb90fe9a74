package dev.edo.impl.task;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/**
 * A dump asks for the trace of a task that is queued while somebody takes it from the queue and polls it: the request
 * is served by this poll, which sees what the dump wrote before, or by another one that is certain to come.
 */
@JCStressTest
@Outcome(id = "TRACE, WAITING, QUEUED, 1", expect = Expect.ACCEPTABLE, desc = "Served by this poll.")
@Outcome(id = "POLL, NOTIFIED, RUNNING, [01]", expect = Expect.ACCEPTABLE, desc = "The poller enqueues it again.")
@Outcome(id = "POLL, WAITING, WAITING, [01]", expect = Expect.ACCEPTABLE, desc = "The dump enqueues it again.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A lost request, or one node in two queues.")
@State
public class TraceStartStress {
    private final StressState state = new StressState();
    private int sink;

    @Actor
    public void poller(LLLL_Result result) {
        result.r1 = state.toRunning().name();
        result.r4 = sink;
        result.r2 = state.toIdle().name();
    }

    @Actor
    public void dump(LLLL_Result result) {
        sink = 1;
        result.r3 = state.toTraced().name();
    }
}
