package dev.edo.impl.sync;

import dev.edo.sync.CancellationToken;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.Z_Result;

/**
 * A token between a root and a leaf closes, and so hands the leaf on, while the root is cancelled.
 */
@JCStressTest
@Outcome(id = "true", expect = Expect.ACCEPTABLE, desc = "The leaf was reached on one way or the other.")
@Outcome(id = "false", expect = Expect.FORBIDDEN, desc = "cancel() returned before the leaf was cancelled.")
@State
public class TokenCloseStress {
    private final CancellationToken root = CancellationToken.create();
    private final CancellationToken middle = root.child();
    private final CancellationToken leaf = middle.child();

    @Actor
    public void canceller(Z_Result result) {
        root.cancel();
        result.r1 = leaf.isCancelled();
    }

    @Actor
    public void closer() {
        middle.close();
    }

    @Actor
    public void other() {
        middle.cancel();
    }
}
