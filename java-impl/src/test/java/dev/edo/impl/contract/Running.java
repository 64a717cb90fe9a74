package dev.edo.impl.contract;

import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.runtime.EdoRuntime;
import dev.edo.runtime.Handle;
import dev.edo.runtime.RuntimeBuilder;
import dev.edo.runtime.RuntimeFlavor;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * A runtime whose tasks run without further ado: the tasks of a current-thread runtime are driven by a thread of
 * this object, which is inside {@code blockOn} all the time.
 */
public final class Running implements AutoCloseable {
    private final EdoRuntime runtime;
    private final @Nullable Thread driver;

    private Running(EdoRuntime runtime) throws InterruptedException {
        this.runtime = runtime;
        if (runtime.flavor() == RuntimeFlavor.MULTI_THREAD) {
            driver = null;
            return;
        }
        var inside = new CountDownLatch(1);
        driver = Thread.ofPlatform().daemon().name("test-driver").start(() -> drive(inside));
        inside.await();
    }

    /** Builds and starts. */
    public static Running of(RuntimeBuilder builder) {
        try {
            return new Running(builder.build());
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted while starting a runtime", e);
        }
    }

    private void drive(CountDownLatch inside) {
        try {
            runtime.blockOn(Future.of(_ -> {
                inside.countDown();
                return Poll.pending();
            }));
        } catch (Exception e) {
            inside.countDown(); // the way out: the runtime was shut down
        }
    }

    public EdoRuntime runtime() {
        return runtime;
    }

    public Handle handle() {
        return runtime.handle();
    }

    /** Shuts down as the owner of a runtime does, and waits for the driver. */
    @Override
    public void close() {
        try {
            Eventually.returns("close() of " + runtime, () -> {
                runtime.close();
                return null;
            });
            if (driver != null) {
                driver.join(Eventually.PATIENCE);
            }
        } catch (Exception e) {
            throw new AssertionError("closing " + runtime + " failed", e);
        }
    }
}
