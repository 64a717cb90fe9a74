package dev.edo.impl.task;

import dev.edo.impl.scheduler.ThreadContext;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Hands out task ids, in blocks to the threads of a runtime so that spawning does not meet on one counter. */
public final class TaskIds {
    /** How many ids a thread takes at once; a power of two. */
    private static final int BLOCK = 1024;

    private static final AtomicLong NEXT_BLOCK = new AtomicLong();
    private static final AtomicLong NEXT_SINGLE = new AtomicLong();

    private long next;

    /** The next id of the calling thread. */
    public static long next(@Nullable ThreadContext context) {
        if (context == null) {
            return single();
        }
        var ids = context.taskIds;
        if ((ids.next & BLOCK - 1) == 0) {
            ids.next = NEXT_BLOCK.getAndAdd(BLOCK) + 1;
            return ids.next++;
        }
        return ids.next++;
    }

    private static long single() {
        for (;;) {
            long last = NEXT_SINGLE.get();
            long id = (last & BLOCK - 1) == 0 ? NEXT_BLOCK.getAndAdd(BLOCK) + 1 : last;
            if (NEXT_SINGLE.compareAndSet(last, id + 1)) {
                return id; // a block that lost the race is not used
            }
        }
    }
}
