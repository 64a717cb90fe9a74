package dev.edo.sync;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** What a sender wrote before it sent is there when the message is. */
@JCStressTest
@Outcome(id = "-1", expect = Expect.ACCEPTABLE, desc = "The message is not there yet.")
@Outcome(id = "7", expect = Expect.ACCEPTABLE, desc = "The message, with what was written.")
@Outcome(expect = Expect.FORBIDDEN, desc = "The message without what was written.")
@State
public class ListPublishStress {
    private static final class Message {
        private int content;
    }

    private final ListTail list = new ListTail();

    @Actor
    public void sender() {
        var message = new Message();
        message.content = 7;
        list.push(message);
    }

    @Actor
    public void receiver(I_Result result) {
        result.r1 = list.head().poll(list) instanceof Message message ? message.content : -1;
    }
}
