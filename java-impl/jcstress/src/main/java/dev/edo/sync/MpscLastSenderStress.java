package dev.edo.sync;

import dev.edo.future.Context;
import dev.edo.future.Poll;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IZI_Result;

/** The last sender sends and closes while the receiver begins to wait. */
@JCStressTest
@Outcome(id = "1, .*, 0", expect = Expect.ACCEPTABLE, desc = "It got the message, and then the end.")
@Outcome(id = "-1, true, 1", expect = Expect.ACCEPTABLE, desc = "It waited, was woken, and got the message.")
@Outcome(id = "-1, false, .*", expect = Expect.FORBIDDEN, desc = "It sleeps over the message.")
@Outcome(expect = Expect.FORBIDDEN, desc = "The message was lost, or the end came before it.")
@State
public class MpscLastSenderStress {
    private final Mpsc.Unbounded<Integer> channel = Mpsc.unbounded();
    private volatile boolean woken;

    private int poll() {
        return switch (channel.receiver().pollRecv(Context.of(() -> woken = true))) {
            case Poll.Ready<Integer>(var message) -> message == null ? 0 : message;
            case Poll.Pending<Integer> _ -> -1;
        };
    }

    @Actor
    public void sender() {
        try (var sender = channel.sender()) {
            sender.send(1);
        } catch (MpscSendError e) {
            throw new AssertionError(e);
        }
    }

    @Actor
    public void receiver(IZI_Result result) {
        result.r1 = poll();
    }

    @Arbiter
    public void inTheEnd(IZI_Result result) {
        result.r2 = woken;
        result.r3 = poll();
    }
}
