package dev.edo.impl.scheduler;

import dev.edo.future.Waker;
import dev.edo.impl.driver.WakeList;
import dev.edo.internal.LeadingPad;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Wakers of what yields and is not a task by itself (a {@code blockOn}, a local set, a branch with a waker of its own):
 * woken after the drivers were looked at, so that yielding lets I/O in. Used by one thread.
 */
public final class Defer extends LeadingPad {
    private static final int KEEP = 64;

    private @Nullable Waker[] wakers = new Waker[KEEP];
    private @Nullable Waker[] spare = new Waker[KEEP];
    private int count;

    public void defer(Waker waker) {
        if (count > 0 && wakers[count - 1] == waker) {
            return;
        }
        if (count == wakers.length) {
            wakers = Arrays.copyOf(wakers, count * 2);
        }
        wakers[count++] = waker;
    }

    public boolean isEmpty() {
        return count == 0;
    }

    /** Wakes all; those deferred meanwhile wait for the next time. */
    public void wake() {
        if (count == 0) {
            return;
        }
        var batch = wakers;
        int batchCount = count;
        wakers = spare;
        count = 0;
        for (int i = 0; i < batchCount; i++) {
            var waker = batch[i];
            if (waker != null) {
                WakeList.wake(waker);
            }
            batch[i] = null;
        }
        spare = batch;
    }
}
