package dev.edo.impl.sync;

import dev.edo.sync.Notify;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LZI_Result;

/**
 * Somebody writes and notifies while another begins to wait: the notification is kept or the waiter
 * is woken, and who is ready sees what was written.
 */
@JCStressTest
@Outcome(id = "ready, false, 1", expect = Expect.ACCEPTABLE, desc = "It was kept, and taken.")
@Outcome(id = "pending, true, 0", expect = Expect.ACCEPTABLE,
        desc = "The waiter was in the queue, and was woken.")
@Outcome(id = "pending, false, 0", expect = Expect.FORBIDDEN, desc = "A lost wake-up.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Notified, but what was written before is not seen.")
@State
public class NotifyWaitStress {
    private final Notify notify = new Notify();
    private final StressedWait wait = new StressedWait(notify.notified());
    private int written;

    @Actor
    public void waits(LZI_Result result) {
        var poll = wait.poll();
        result.r1 = poll;
        result.r3 = poll == StressedWait.READY ? written : 0;
    }

    @Actor
    public void notifies() {
        written = 1;
        notify.notifyOne();
    }

    @Arbiter
    public void after(LZI_Result result) {
        result.r2 = wait.woken();
    }
}
