package dev.edo.examples.echo;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Turns Ctrl-C, and any other polite end of the JVM, into a call, and delays that end until closed,
 * so that the program can finish in good order. The JVM's exit status is then 130 (143 for
 * SIGTERM).
 */
final class CtrlC implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final CountDownLatch closed = new CountDownLatch(1);
    private @Nullable Runnable action;
    private boolean pressed;

    CtrlC() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::press, "ctrl-c"));
    }

    /** Sets what to call, on a thread of the JVM; called at once when it happened before. */
    void call(Runnable action) {
        boolean late;
        synchronized (this) {
            this.action = action;
            late = pressed;
        }
        if (late) {
            action.run();
        }
    }

    /** Lets the JVM end. */
    @Override
    public void close() {
        closed.countDown();
    }

    private void press() {
        Runnable toRun;
        synchronized (this) {
            pressed = true;
            toRun = action;
        }
        try {
            if (closed.getCount() > 0 && toRun != null) {
                toRun.run();
            }
            closed.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
