package dev.edo.stream;

import dev.edo.future.Context;
import java.util.concurrent.Flow;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIZ_Result;

/** A publisher sends its only element and completes while its stream is polled. */
@JCStressTest
@Outcome(id = "7, 0, .*", expect = Expect.ACCEPTABLE, desc = "The poll has the element, then the end.")
@Outcome(id = "-1, 7, true", expect = Expect.ACCEPTABLE, desc = "The poll waited, and was woken.")
@Outcome(id = "-1, 7, false", expect = Expect.FORBIDDEN, desc = "The wake-up was lost.")
@Outcome(id = "0, .*", expect = Expect.FORBIDDEN, desc = "The end hid the element.")
@State
public class PublisherNextStress {
    private final PublisherStream<Integer> stream;
    private volatile boolean woken;

    public PublisherNextStress() {
        stream = new PublisherStream<>(subscriber -> subscriber.onSubscribe(new IgnoredRequests()), 2);
        StressedBranch.poll(stream, () -> {});
    }

    private static final class IgnoredRequests implements Flow.Subscription {
        @Override
        public void request(long n) {}

        @Override
        public void cancel() {}
    }

    /** The element, 0 at the end, or -1 while waiting. */
    private int poll() {
        try {
            var element = stream.pollNext(Context.of(() -> woken = true));
            return element != null ? element : stream.isTerminated() ? 0 : -1;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Actor
    public void publisher() {
        stream.onNext(7);
        stream.onComplete();
    }

    @Actor
    public void poller(IIZ_Result result) {
        result.r1 = poll();
    }

    @Arbiter
    public void inTheEnd(IIZ_Result result) {
        result.r3 = woken;
        result.r2 = poll();
    }
}
