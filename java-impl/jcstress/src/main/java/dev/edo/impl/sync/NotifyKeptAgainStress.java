package dev.edo.impl.sync;

import dev.edo.sync.Notify;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IL_Result;

/**
 * One notification is kept. A producer writes something and notifies again, while a consumer takes
 * what is kept and reads: r1 is what it saw, r2 whether a notification is kept in the end.
 */
@JCStressTest
@Outcome(id = "1, pending", expect = Expect.ACCEPTABLE, desc = "One notification stands for both.")
@Outcome(id = "[01], ready", expect = Expect.ACCEPTABLE, desc = "It was taken before the producer came.")
@Outcome(id = "0, pending", expect = Expect.FORBIDDEN,
        desc = "The producer relied on a notification whose consumer did not see what it wrote.")
@State
public class NotifyKeptAgainStress {
    private final Notify notify = new Notify();
    private int written;

    public NotifyKeptAgainStress() {
        notify.notifyOne();
    }

    @Actor
    public void producer() {
        written = 1;
        notify.notifyOne();
    }

    @Actor
    public void consumer(IL_Result result) {
        new StressedWait(notify.notified()).poll();
        result.r1 = written;
    }

    @Arbiter
    public void end(IL_Result result) {
        result.r2 = new StressedWait(notify.notified()).poll();
    }
}
