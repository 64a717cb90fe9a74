package dev.edo.sync;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * The receiver is done with the first block and puts it behind the second, where senders, at its
 * last slot, look for a third one or make it.
 */
@JCStressTest
@Outcome(id = "0, 66", expect = Expect.ACCEPTABLE, desc = "All messages came, and in order.")
@Outcome(id = "0, .*", expect = Expect.FORBIDDEN, desc = "A message was lost.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A message came twice, or out of its turn.")
@State
public class ListReuseStress {
    private static final int SENT = 2 * Block.SLOTS - 1;
    private static final int RECEIVED = Block.SLOTS - 1;

    private final ListTail list = new ListTail();
    private int next;
    private int others;
    private int wrong;

    public ListReuseStress() {
        for (int i = 0; i < SENT; i++) {
            list.push(i);
        }
        for (int i = 0; i < RECEIVED; i++) {
            take();
        }
    }

    private boolean take() {
        var message = list.head().poll(list);
        if (message instanceof Integer number) {
            if (number != next++) {
                wrong++;
            }
        } else if (message != null && ++others > 1) {
            wrong++;
        }
        return message != null;
    }

    @Actor
    public void one() {
        list.push(SENT);
        list.push(SENT + 1);
    }

    @Actor
    public void otherAndReceiver() {
        list.push("other");
        for (int i = 0; i < 4; i++) {
            take();
        }
    }

    @Arbiter
    public void inTheEnd(II_Result result) {
        while (take()) {}
        result.r1 = wrong;
        result.r2 = next + others;
    }
}
