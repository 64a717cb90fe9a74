package dev.edo.impl.driver.io;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * A notifier leaves work, by a plain write, and notifies; an earlier notification is pending
 * already. Meanwhile the polling thread ends its wait, looks for work, and waits again. First value:
 * it found the work. Second: its next wait will end, because it does not sleep or the notifier makes
 * the system call.
 */
@JCStressTest
@Outcome(id = "true, .*", expect = Expect.ACCEPTABLE, desc = "The work was found after the first wait.")
@Outcome(id = "false, true", expect = Expect.ACCEPTABLE, desc = "The next wait ends, and finds it.")
@Outcome(id = "false, false", expect = Expect.FORBIDDEN,
        desc = "The notification was taken for one that is pending although its wait had ended: the polling"
                + " thread sleeps with work to do.")
@State
public class WakeTokenStress {
    private final WakeToken token = new WakeToken();
    private int work;
    private boolean found;
    private boolean willWake;

    public WakeTokenStress() {
        token.notifyOne();
    }

    @Actor
    public void notifier(ZZ_Result result) {
        work = 1;
        result.r2 = token.notifyOne() == WakeToken.Notified.WAKE_SLEEPER;
    }

    @Actor
    public void polling() {
        token.endWait();
        found = work == 1;
        willWake = token.beginWait() == WakeToken.Wait.LOOK;
    }

    @Arbiter
    public void inTheEnd(ZZ_Result result) {
        result.r1 = found;
        result.r2 |= willWake;
    }
}
