package dev.edo.sync;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * The last slot of a block is free: one of two senders gets it, the other one appends a block and
 * may move the tail over the first. The receiver, in the same thread, goes behind them.
 */
@JCStressTest
@Outcome(id = "0, 0, 2", expect = Expect.ACCEPTABLE, desc = "The receiver was too early for both.")
@Outcome(id = "[12], 0, 1", expect = Expect.ACCEPTABLE, desc = "It got one, and the other one is there.")
@Outcome(id = "0, [12], 1", expect = Expect.ACCEPTABLE, desc = "The same, at the second try.")
@Outcome(id = {"1, 2, 0", "2, 1, 0"}, expect = Expect.ACCEPTABLE, desc = "It got both.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A message was lost, or came twice.")
@State
public class ListBoundaryStress {
    private final ListTail list = new ListTail();

    public ListBoundaryStress() {
        for (int i = 0; i < Block.SLOTS - 1; i++) {
            list.push(9);
            list.head().poll(list);
        }
    }

    private int poll() {
        return list.head().poll(list) instanceof Integer number ? number : 0;
    }

    @Actor
    public void first() {
        list.push(1);
    }

    @Actor
    public void secondAndReceiver(III_Result result) {
        list.push(2);
        result.r1 = poll();
        result.r2 = poll();
    }

    @Arbiter
    public void inTheEnd(III_Result result) {
        while (poll() != 0) {
            result.r3++;
        }
    }
}
