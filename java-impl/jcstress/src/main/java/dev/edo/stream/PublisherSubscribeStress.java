package dev.edo.stream;

import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** The subscription comes while the stream is polled by another task than the one that subscribed. */
@JCStressTest
@Outcome(id = "true, .*", expect = Expect.ACCEPTABLE, desc = "The poll saw the subscription and requested.")
@Outcome(id = "false, true", expect = Expect.ACCEPTABLE, desc = "It did not, but was woken to do so.")
@Outcome(id = "false, false", expect = Expect.FORBIDDEN, desc = "Nobody will ever request.")
@State
public class PublisherSubscribeStress implements Flow.Subscription {
    private final PublisherStream<Integer> stream;
    private Flow.@Nullable Subscriber<?> subscriber;
    private volatile boolean woken;
    private volatile boolean requested;

    public PublisherSubscribeStress() {
        stream = new PublisherStream<>(s -> subscriber = s, 2);
        StressedBranch.poll(stream, () -> {});
    }

    @Override
    public void request(long n) {
        requested = true;
    }

    @Override
    public void cancel() {}

    @Actor
    public void publisher() {
        stream.onSubscribe(this);
    }

    @Actor
    public void poller() {
        StressedBranch.poll(stream, () -> woken = true);
    }

    @Arbiter
    public void inTheEnd(ZZ_Result result) {
        result.r1 = requested;
        result.r2 = woken;
    }
}
