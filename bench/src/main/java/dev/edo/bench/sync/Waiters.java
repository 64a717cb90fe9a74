package dev.edo.bench.sync;

import dev.edo.bench.peer.AwaitLoop;
import dev.edo.bench.peer.EdoBare;
import dev.edo.sync.Notify;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Tasks that count how often they are notified. */
@State(Scope.Benchmark)
public abstract class Waiters {
    static final int WAKE_UPS = 500;

    /** How many. */
    @Param({"10", "500"})
    public int waiters;

    final Notify notify = new Notify();
    final AtomicInteger count = new AtomicInteger();

    /** Polled ones. */
    @State(Scope.Benchmark)
    public static class Polled extends Waiters {
        @Setup
        public void start(EdoBare edo) {
            for (int i = 0; i < waiters; i++) {
                edo.runtime.spawn(new AwaitLoop<>(
                        AwaitLoop.FOREVER, notify::notified, notified -> count.getAndIncrement()));
            }
        }
    }

    /** Those in direct style. */
    @State(Scope.Benchmark)
    public static class Direct extends Waiters {
        @Setup
        public void start(EdoBare edo) {
            for (int i = 0; i < waiters; i++) {
                edo.runtime.spawn(() -> {
                    while (true) {
                        notify.notified().await();
                        count.getAndIncrement();
                    }
                });
            }
        }
    }
}
