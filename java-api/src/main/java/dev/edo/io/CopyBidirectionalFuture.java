package dev.edo.io;

import dev.edo.future.Context;
import dev.edo.future.IoFuture;
import dev.edo.future.Poll;
import dev.edo.future.Waker;
import dev.edo.internal.SpentFuture;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Copies in both directions until both have ended; an error of either ends both. They go first in
 * turn, so that a direction that never waits does not use up the budget of the other one.
 *
 * <p>Origin: Tokio's io/util/copy_bidirectional.rs.
 */
final class CopyBidirectionalFuture implements IoFuture<Copied> {
    private final Transfer aToB;
    private final Transfer bToA;
    private boolean bToAFirst = true;
    private boolean ended;
    private @Nullable Waker registered;

    CopyBidirectionalFuture(Transfer aToB, Transfer bToA) {
        this.aToB = aToB;
        this.bToA = bToA;
    }

    @Override
    public Poll<Copied> poll(Context cx) throws IOException {
        if (ended) {
            throw SpentFuture.polledAgain();
        }
        registered = cx.waker();
        boolean done;
        try {
            bToAFirst = !bToAFirst;
            done = bToAFirst ? bToA.poll(cx) & aToB.poll(cx) : aToB.poll(cx) & bToA.poll(cx);
        } catch (Throwable e) {
            cancel();
            throw e;
        }
        if (!done) {
            return Poll.pending();
        }
        ended = true;
        return Poll.ready(new Copied(aToB.copied(), bToA.copied()));
    }

    @Override
    public void cancel() {
        var waker = registered;
        registered = null;
        if (!ended && waker != null) {
            aToB.from().cancelRead(waker);
            aToB.to().cancelWrite(waker);
            bToA.from().cancelRead(waker);
            bToA.to().cancelWrite(waker);
        }
        ended = true;
    }
}
