package dev.edo.sync;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** The receiver counts the messages of a full block while the list is closed, and sends are refused. */
@JCStressTest
@Outcome(id = "32, 32", expect = Expect.ACCEPTABLE, desc = "Neither the close nor what is refused counts.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Something else was counted, or a message was not.")
@State
public class ListSizeSealStress {
    private final ListTail list = new ListTail();

    public ListSizeSealStress() {
        for (int i = 0; i < Block.SLOTS; i++) {
            list.push(i);
        }
    }

    @Actor
    public void closer() {
        list.seal(false);
        list.push("refused");
    }

    @Actor
    public void receiver(II_Result result) {
        result.r1 = (int) list.size();
        result.r2 = (int) list.size();
    }
}
