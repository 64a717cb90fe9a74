package dev.edo.impl.sync;

import dev.edo.sync.Mutex;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * Two lock, read, write one more and unlock: who comes second sees what the first wrote, though the
 * value is a plain field.
 */
@JCStressTest
@Outcome(id = "0, 1, 2", expect = Expect.ACCEPTABLE, desc = "One after the other.")
@Outcome(id = "1, 0, 2", expect = Expect.ACCEPTABLE, desc = "The other after the one.")
@Outcome(id = "0, -1, 1", expect = Expect.ACCEPTABLE, desc = "The other found it locked.")
@Outcome(id = "-1, 0, 1", expect = Expect.ACCEPTABLE, desc = "The one found it locked.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Both were in, or a write was not seen.")
@State
public class MutexPublishesStress {
    private final Mutex<Integer> mutex = new Mutex<>(0);

    private int increment() {
        try (var guard = mutex.tryLock()) {
            if (guard == null) {
                return -1;
            }
            int found = guard.get();
            guard.set(found + 1);
            return found;
        }
    }

    @Actor
    public void one(III_Result result) {
        result.r1 = increment();
    }

    @Actor
    public void other(III_Result result) {
        result.r2 = increment();
    }

    @Arbiter
    public void after(III_Result result) {
        try (var guard = mutex.tryLock()) {
            result.r3 = guard == null ? -1 : guard.get();
        }
    }
}
