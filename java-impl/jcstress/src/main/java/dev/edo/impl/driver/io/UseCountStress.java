package dev.edo.impl.driver.io;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * Somebody uses what its owner gives up. First value: what the user found, 1, or 0 where it was freed, or -1 where the
 * user was not let in. Then: how often the user freed it, and the owner.
 */
@JCStressTest
@Outcome(id = "1, 1, 0", expect = Expect.ACCEPTABLE, desc = "The user was the last.")
@Outcome(id = "1, 0, 1", expect = Expect.ACCEPTABLE, desc = "The user had left before.")
@Outcome(id = "-1, 0, 1", expect = Expect.ACCEPTABLE, desc = "The user came too late.")
@Outcome(id = "0, .*, .*", expect = Expect.FORBIDDEN, desc = "Used after it was freed.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Freed twice or never, or by who never was inside.")
@State
public class UseCountStress {
    private final UseCount uses = new UseCount();
    private int memory = 1;

    @Actor
    public void user(III_Result result) {
        result.r1 = -1;
        if (uses.enter()) {
            result.r1 = memory;
            result.r2 = uses.leave() ? free() : 0;
        }
    }

    @Actor
    public void owner(III_Result result) {
        result.r3 = uses.close() ? free() : 0;
    }

    private int free() {
        memory = 0;
        return 1;
    }
}
