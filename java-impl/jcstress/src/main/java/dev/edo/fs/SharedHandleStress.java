package dev.edo.fs;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A file is closed while a call begins: it is open as long as that is made, and closed once. */
@JCStressTest
@Outcome(id = "(0|-1), 1", expect = Expect.ACCEPTABLE, desc = "Used while open, or refused; then closed.")
@Outcome(id = ".*, 0", expect = Expect.FORBIDDEN, desc = "Nobody has closed it.")
@Outcome(id = ".*", expect = Expect.FORBIDDEN, desc = "Used when it was closed, or closed twice.")
@State
public class SharedHandleStress {
    private static final int REFUSED = -1;

    private final CountedResource resource = new CountedResource();
    private final SharedHandle<CountedResource> handle = new SharedHandle<>(resource);

    private int use() {
        if (!handle.acquire()) {
            return REFUSED;
        }
        int closes = handle.get().closes();
        CountedResource.release(handle);
        return closes;
    }

    @Actor
    public void call(II_Result result) {
        result.r1 = use();
    }

    @Actor
    public void owner() {
        CountedResource.release(handle);
    }

    @Arbiter
    public void inTheEnd(II_Result result) {
        result.r2 = resource.closes();
    }
}
