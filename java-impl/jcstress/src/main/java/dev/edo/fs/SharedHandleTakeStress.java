package dev.edo.fs;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZII_Result;

/** The channel is taken out of a file whose last call is being given up: it is taken or closed, not both. */
@JCStressTest
@Outcome(id = "true, (0|-1), 0", expect = Expect.ACCEPTABLE, desc = "Taken, and open.")
@Outcome(id = "false, 0, 1", expect = Expect.ACCEPTABLE, desc = "In use; its owner has closed it.")
@Outcome(id = ".*", expect = Expect.FORBIDDEN, desc = "Taken and closed, or left open by everybody.")
@State
public class SharedHandleTakeStress {
    private static final int REFUSED = -1;

    private final CountedResource resource = new CountedResource();
    private final SharedHandle<CountedResource> handle = new SharedHandle<>(resource);

    @Actor
    public void owner(ZII_Result result) {
        result.r1 = handle.takeAway();
        if (!result.r1) {
            CountedResource.release(handle);
        }
    }

    @Actor
    public void call(ZII_Result result) {
        if (handle.acquire()) {
            result.r2 = handle.get().closes();
            CountedResource.release(handle);
        } else {
            result.r2 = REFUSED;
        }
    }

    @Arbiter
    public void inTheEnd(ZII_Result result) {
        result.r3 = resource.closes();
    }
}
