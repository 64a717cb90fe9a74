package dev.edo.impl.task.coroutine;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A thread waker for whichever thread comes to park. */
final class AwaitingThread {
    private volatile @Nullable Thread thread;
    private volatile @Nullable ThreadWaker waker;

    /** Makes the waker of the calling thread known, and parks. */
    void parkHere() {
        thread = Thread.currentThread();
        var own = new ThreadWaker(Thread.currentThread());
        waker = own;
        for (int i = ThreadLocalRandom.current().nextInt(64); i > 0; i--) {
            Thread.onSpinWait(); // so that the waker comes at every step of the park
        }
        own.park();
    }

    /** The waker, once there is one. */
    ThreadWaker waker() {
        for (;;) {
            var known = waker;
            if (known != null) {
                return known;
            }
            Thread.onSpinWait();
        }
    }

    /** Ends a park that no waker ended. */
    void rescue() {
        waker().wake();
        LockSupport.unpark(thread);
    }
}
