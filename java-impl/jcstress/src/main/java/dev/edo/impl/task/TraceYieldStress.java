package dev.edo.impl.task;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/**
 * A dump asks for the trace of a task that has yielded and is taken from its queue: the request is served by this
 * poll, which sees what the dump wrote before, or by another one that is certain to come.
 */
@JCStressTest
@Outcome(id = "TRACE, WAITING, RUNNING, 1", expect = Expect.ACCEPTABLE, desc = "Served by this poll.")
@Outcome(id = "POLL, NOTIFIED, RUNNING, [01]", expect = Expect.ACCEPTABLE, desc = "The poller enqueues it again.")
@Outcome(id = "POLL, WAITING, WAITING, [01]", expect = Expect.ACCEPTABLE, desc = "The dump enqueues it again.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A lost request, or one node in two queues.")
@State
public class TraceYieldStress {
    private final StressState state = StressState.running();
    private int sink;

    @Actor
    public void poller(LLLL_Result result) {
        result.r1 = state.toResumed().name();
        result.r4 = sink;
        result.r2 = state.toIdle().name();
    }

    @Actor
    public void dump(LLLL_Result result) {
        sink = 1;
        result.r3 = state.toTraced().name();
    }
}
