package dev.edo.fs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CancellationException;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** A file is opened while who waits for it gives up: one of the two must close it. */
@JCStressTest
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "Closed once.")
@Outcome(id = "0", expect = Expect.FORBIDDEN, desc = "Nobody has closed it.")
@Outcome(id = "2", expect = Expect.FORBIDDEN, desc = "Both have closed it.")
@State
public class OpeningCancelStress {
    private final CountedResource resource = new CountedResource();
    private final OpeningFuture<CountedResource> opening = new OpeningFuture<>("open", () -> resource);

    @Actor
    public void call() {
        try {
            opening.handOver(resource);
        } catch (CancellationException e) {
            // given up: it has closed
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Actor
    public void waiting() {
        opening.cancel();
    }

    @Arbiter
    public void inTheEnd(I_Result result) {
        result.r1 = resource.closes();
    }
}
