package dev.edo.task;

import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.future.Waker;
import dev.edo.runtime.Handle;
import dev.edo.runtime.LocalRuntime;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A thread of a {@link LocalPoolHandle}: builds a runtime, runs it until it is stopped, and closes
 * it.
 *
 * <p>Protocol of the end: the thread stores its waker and then reads {@code stopped}; who stops it
 * writes {@code stopped} and then reads the waker; both volatile, so one of them sees the other.
 */
final class LocalWorker {
    /** Tasks that were pinned here and have not ended, or are about to be. */
    final AtomicInteger tasks = new AtomicInteger();

    private final CountDownLatch started = new CountDownLatch(1);
    private final Thread thread;
    private volatile boolean stopped;
    private volatile @Nullable Waker waker;

    // written before the latch opens
    private @Nullable Handle handle;
    private @Nullable Throwable failure;

    LocalWorker(int index) {
        thread = Thread.ofPlatform().daemon().name("edo-local-" + index).start(this::run);
    }

    private void run() {
        try (var runtime = LocalRuntime.create()) {
            handle = runtime.handle();
            started.countDown();
            while (!stopped) {
                runUntilStopped(runtime);
            }
            Thread.interrupted(); // else closing would not wait for blocking jobs
        } catch (Exception | Error e) {
            failure = e;
            started.countDown();
            if (!stopped) {
                throw new IllegalStateException("a thread of a LocalPoolHandle failed", e);
            }
        }
    }

    /** Returns sooner where a task has left the thread interrupted, which is no reason for the others to end. */
    private void runUntilStopped(LocalRuntime runtime) throws Exception {
        try {
            runtime.blockOn(Future.<@Nullable Void>of(cx -> {
                waker = cx.waker();
                return stopped ? Poll.ready() : Poll.pending();
            }));
        } catch (CancellationException e) {
            if (!Thread.interrupted()) {
                throw e;
            }
        }
    }

    /** The runtime's handle, as soon as there is one. */
    Handle awaitStart() {
        boolean interrupted = false;
        while (started.getCount() > 0) {
            try {
                started.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (handle == null) {
            throw new IllegalStateException("a thread of a LocalPoolHandle could not start", failure);
        }
        return Objects.requireNonNull(handle);
    }

    void checkOutside() {
        var current = Handle.tryCurrent();
        if (current != null && handle != null && current.id().equals(handle.id())) {
            throw new IllegalStateException("close() inside a task of the LocalPoolHandle would wait for"
                    + " itself; close it"
                    + " from outside");
        }
    }

    void stop() {
        stopped = true;
        var target = waker;
        if (target != null) {
            target.wake();
        }
    }

    void awaitEnd() {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
