package dev.edo.impl.sync;

import dev.edo.future.Context;
import dev.edo.sync.CancellationToken;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** A child is derived and waited for while its parent is cancelled. */
@JCStressTest
@Outcome(id = "true, .*", expect = Expect.ACCEPTABLE, desc = "It was cancelled before the wait.")
@Outcome(id = "false, true", expect = Expect.ACCEPTABLE, desc = "Whoever waited was woken.")
@Outcome(id = "false, false", expect = Expect.FORBIDDEN, desc = "Somebody waits for ever.")
@State
public class TokenCancelledStress {
    private final CancellationToken parent = CancellationToken.create();
    private volatile boolean woken;

    @Actor
    public void canceller() {
        parent.cancel();
    }

    @Actor
    public void waiter(ZZ_Result result) {
        result.r1 = parent.child().cancelled().poll(Context.of(() -> woken = true)).isReady();
    }

    @Arbiter
    public void inTheEnd(ZZ_Result result) {
        result.r2 = woken;
    }
}
