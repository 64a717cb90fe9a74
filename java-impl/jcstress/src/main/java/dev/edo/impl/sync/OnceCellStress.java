package dev.edo.impl.sync;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.sync.OnceCell;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZLL_Result;

/** A cell is set while somebody computes its value. Woken, what became of the setting, and what was computed. */
@JCStressTest
@Outcome(id = ".*, SET, 1", expect = Expect.ACCEPTABLE, desc = "Set before; nothing was computed.")
@Outcome(id = "true, SET, pending", expect = Expect.ACCEPTABLE,
        desc = "Set meanwhile; who wants the value waits for it, and was woken.")
@Outcome(id = ".*, INITIALIZING, 2", expect = Expect.ACCEPTABLE, desc = "Refused while it was computed.")
@Outcome(id = ".*, ALREADY_INITIALIZED, 2", expect = Expect.ACCEPTABLE, desc = "Refused after that.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Two values or none, or a lost wake-up.")
@State
public class OnceCellStress {
    private final OnceCell<Integer> cell = new OnceCell<>();
    private volatile boolean woken;

    @Actor
    public void sets(ZLL_Result result) {
        result.r2 = cell.set(1).toString();
    }

    @Actor
    public void computes(ZLL_Result result) {
        try {
            var poll = cell.getOrInit(() -> Future.ready(2)).poll(Context.of(() -> woken = true));
            result.r3 = poll instanceof Poll.Ready<Integer>(Integer value) ? value.toString() : "pending";
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Arbiter
    public void after(ZLL_Result result) {
        result.r1 = woken;
    }
}
