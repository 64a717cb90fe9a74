package dev.edo.impl.fs;

import dev.edo.impl.contract.Eventually;
import dev.edo.runtime.Handle;
import java.util.concurrent.CountDownLatch;

/** Keeps the one thread of a blocking pool busy: whatever else is given to the pool waits. */
public final class HeldPool implements AutoCloseable {
    private final CountDownLatch released = new CountDownLatch(1);

    private HeldPool(Handle runtime, CountDownLatch busy) {
        runtime.spawnBlocking(() -> {
            busy.countDown();
            Eventually.opened("the pool is released", released);
        });
    }

    /** Holds the pool of a runtime that has one blocking thread; others are done with. */
    public static HeldPool of(Handle runtime) throws InterruptedException {
        var busy = new CountDownLatch(1);
        var held = new HeldPool(runtime, busy);
        Eventually.opened("the pool's thread is there", busy);
        return held;
    }

    /** Lets the pool go on. */
    public void release() {
        released.countDown();
    }

    /** Lets the pool go on, and waits until it has done whatever was given to it before this call. */
    public void drain(Handle runtime) throws Exception {
        release();
        runtime.spawnBlocking(() -> {}).await();
    }

    @Override
    public void close() {
        release();
    }
}
