package dev.edo.impl.driver;

import dev.edo.future.Waker;
import dev.edo.impl.runtime.ThreadHooks;
import org.jspecify.annotations.Nullable;

/**
 * Wakers that were collected under a lock, to be woken after it. Of fixed size, for reuse by one
 * thread.
 *
 * @see <a href="https://github.com/tokio-rs/tokio/blob/master/tokio/src/util/wake_list.rs">Tokio's
 *     WakeList</a>
 */
public final class WakeList {
    private static final System.Logger LOG = System.getLogger(WakeList.class.getName());
    private static final int CAPACITY = 32;

    private final @Nullable Waker[] wakers = new @Nullable Waker[CAPACITY];
    private int size;

    public boolean isFull() {
        return size == CAPACITY;
    }

    public void push(Waker waker) {
        wakers[size++] = waker;
    }

    /** Wakes all and empties the list. */
    public void wakeAll() {
        int count = size;
        size = 0;
        for (int i = 0; i < count; i++) {
            var waker = wakers[i];
            wakers[i] = null;
            if (waker != null) {
                wake(waker);
            }
        }
    }

    /** Wakes one. A waker that throws breaks its contract; the others are woken nevertheless. */
    public static void wake(Waker waker) {
        try {
            waker.wake();
        } catch (Throwable t) {
            tell(waker, t);
        }
    }

    /** Throws nothing either: what the waker says of itself, and what the logger calls, is code of the application. */
    private static void tell(Waker waker, Throwable thrown) {
        try {
            LOG.log(System.Logger.Level.ERROR, "waker=" + waker + " threw although Waker.wake() must not; its"
                    + " task may never run again", thrown);
        } catch (Throwable again) {
            ThreadHooks.report(thrown);
        }
    }
}
