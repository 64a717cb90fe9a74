package dev.edo.sync;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZI_Result;

/** A message is sent while the channel is closed: it is in just when its sender was told so. */
@JCStressTest
@Outcome(id = "true, true, 1", expect = Expect.ACCEPTABLE, desc = "Sent, then closed.")
@Outcome(id = "false, true, 0", expect = Expect.ACCEPTABLE, desc = "Closed before.")
@Outcome(id = ".*, false, .", expect = Expect.FORBIDDEN, desc = "The receiver never gets to the end.")
@Outcome(expect = Expect.FORBIDDEN, desc = "The message was lost, or came although it was refused.")
@State
public class ListSealStress {
    private final ListTail list = new ListTail();

    @Actor
    public void sender(ZZI_Result result) {
        result.r1 = list.push("message");
    }

    @Actor
    public void closer() {
        list.seal(true);
        list.seal(false);
    }

    @Arbiter
    public void inTheEnd(ZZI_Result result) {
        while (list.head().poll(list) != null) {
            result.r3++;
        }
        result.r2 = list.head().isAtEnd();
    }
}
