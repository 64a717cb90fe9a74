package dev.edo.stream;

import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** The subscription comes while the stream is cancelled: one of the two must cancel it. */
@JCStressTest
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "Cancelled once.")
@Outcome(id = "0", expect = Expect.FORBIDDEN, desc = "The publisher sends for ever.")
@Outcome(id = "2", expect = Expect.FORBIDDEN, desc = "Both cancelled it, against rule 2.7.")
@State
public class PublisherCancelStress implements Flow.Subscription {
    private final PublisherStream<Integer> stream;
    private final AtomicInteger cancels = new AtomicInteger();

    public PublisherCancelStress() {
        stream = new PublisherStream<>(subscriber -> {}, 2);
        StressedBranch.poll(stream, () -> {});
    }

    @Override
    public void request(long n) {}

    @Override
    public void cancel() {
        cancels.incrementAndGet();
    }

    @Actor
    public void publisher() {
        stream.onSubscribe(this);
    }

    @Actor
    public void consumer() {
        stream.cancel();
    }

    @Arbiter
    public void inTheEnd(I_Result result) {
        result.r1 = cancels.get();
    }
}
