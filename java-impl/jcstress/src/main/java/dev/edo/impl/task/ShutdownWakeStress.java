package dev.edo.impl.task;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZLL_Result;

/** The runtime ends while a task that waits is woken and started. */
@JCStressTest
@Outcome(id = "true, -, -", expect = Expect.ACCEPTABLE,
        desc = "The shutdown ends it and the waker does nothing.")
@Outcome(id = "true, SKIP, -", expect = Expect.ACCEPTABLE,
        desc = "The shutdown ends it, and the queue skips it.")
@Outcome(id = "false, POLL, CANCEL", expect = Expect.ACCEPTABLE,
        desc = "It was polled once more, and the poller ends it.")
@Outcome(id = "true, POLL, .*", expect = Expect.FORBIDDEN,
        desc = "Two have it: the future is cancelled while it is polled.")
@Outcome(id = "false, (-|SKIP), .*", expect = Expect.FORBIDDEN,
        desc = "Nobody ends it: its joiner waits for ever.")
@Outcome(id = ".*, .*, .*", expect = Expect.FORBIDDEN,
        desc = "The poller does not learn of the shutdown, and the task waits on.")
@State
public class ShutdownWakeStress {
    private final StressState state = StressState.waiting();

    @Actor
    public void shutdown(ZLL_Result result) {
        result.r1 = state.toShutdown();
    }

    @Actor
    public void waker(ZLL_Result result) {
        result.r2 = "-";
        result.r3 = "-";
        if (state.toNotified()) {
            result.r2 = state.toRunning().name();
        }
    }

    @Arbiter
    public void inTheEnd(ZLL_Result result) {
        if ("POLL".equals(result.r2)) {
            result.r3 = state.toIdle().name();
        }
    }
}
