package dev.edo.impl.cancel;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.impl.contract.Eventually;
import dev.edo.impl.runtime.BuilderImpl;
import dev.edo.runtime.EdoRuntime;
import dev.edo.runtime.Handle;
import dev.edo.stream.Stream;
import dev.edo.time.Sleep;
import dev.edo.time.TestClock;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * The runtimes of the suite: one with workers, one whose clock stands still until it is moved, and one whose blocking
 * pool has a single thread, which can be held.
 */
final class RuntimeWorld implements AutoCloseable {
    /** Longer than anything that moves a clock here. */
    static final Duration TICK = Duration.ofSeconds(1);

    private static final Duration SHORT = Duration.ofMillis(1);

    private int slotsLost;
    private final EdoRuntime working = build(new BuilderImpl().workerThreads(1));
    private final EdoRuntime paused = build(new BuilderImpl().currentThread());

    private final EdoRuntime disk = build(new BuilderImpl().currentThread().maxBlockingThreads(1));

    private static EdoRuntime build(dev.edo.runtime.RuntimeBuilder builder) {
        return builder.enableAll().build();
    }

    void start() {
        try {
            paused.blockOn(TestClock::pause);
        } catch (Exception e) {
            throw new AssertionError("the clock does not stop", e);
        }
    }

    /** Runs code inside the runtime whose clock stands still. */
    <T extends @Nullable Object> T inPaused(Callable<T> body) throws Exception {
        try (var _ = paused.handle().enter()) {
            return body.call();
        }
    }

    /** A future whose polls happen inside the runtime whose clock stands still. */
    <T extends @Nullable Object> Future<T> polledInPaused(Future<T> future) {
        return polledIn(paused.handle(), future);
    }

    /** A future whose polls happen inside the runtime with workers. */
    <T extends @Nullable Object> Future<T> polledInWorking(Future<T> future) {
        return polledIn(working.handle(), future);
    }

    /** A future whose polls happen inside the runtime with one blocking thread. */
    <T extends @Nullable Object> Future<T> polledInDisk(Future<T> future) {
        return polledIn(disk.handle(), future);
    }

    /** The runtime with one blocking thread. */
    Handle disk() {
        return disk.handle();
    }

    private static <T extends @Nullable Object> Future<T> polledIn(Handle runtime, Future<T> future) {
        return new Future<>() {
            @Override
            public Poll<T> poll(Context cx) throws Exception {
                try (var _ = runtime.enter()) {
                    return future.poll(cx);
                }
            }

            @Override
            public void cancel() {
                future.cancel();
            }
        };
    }

    /** A stream whose polls happen inside the runtime whose clock stands still. */
    <T> Stream<T> polledInPaused(Stream<T> stream) {
        return new Stream<>() {
            @Override
            public @Nullable T pollNext(Context cx) throws Exception {
                return inPaused(() -> stream.pollNext(cx));
            }

            @Override
            public boolean isTerminated() {
                return stream.isTerminated();
            }

            @Override
            public void cancel() {
                stream.cancel();
            }
        };
    }

    /** Moves the clock that stands still, and lets what is due happen. */
    void pass(Duration time) throws Exception {
        paused.blockOn(() -> TestClock.advance(time).await());
    }

    Handle handle() {
        return working.handle();
    }

    /** Lets the one worker do what was queued before. */
    void settle() throws Exception {
        Catalogue.soon("a task behind the others", working.handle().spawn(Future.lazy(() -> "done")));
    }

    <T extends @Nullable Object> T inWorking(Callable<T> body) throws Exception {
        try (var _ = working.handle().enter()) {
            return body.call();
        }
    }

    /**
     * All sockets were closed: their slots are free after the driver's next turn, which this brings
     * about.
     */
    void expectNoSlotsInUse() throws Exception {
        var metrics = working.handle().metrics();
        int lost = slotsLost;
        boolean free = Eventually.within(Eventually.PATIENCE, () -> {
            working.handle().spawn(() -> Sleep.of(SHORT).await()).await();
            return metrics.ioDriverSlotsInUse() <= lost;
        });
        if (!free) {
            slotsLost = metrics.ioDriverSlotsInUse(); // others shall not be blamed for them
            throw new AssertionError("slots still in use: " + (slotsLost - lost));
        }
    }

    @Override
    public void close() {
        paused.close();
        working.close();
        disk.close();
    }
}
