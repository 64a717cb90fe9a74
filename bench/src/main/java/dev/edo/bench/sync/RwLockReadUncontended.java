package dev.edo.bench.sync;

import dev.edo.bench.Group;
import dev.edo.bench.Workload;
import dev.edo.bench.peer.AwaitLoop;
import dev.edo.bench.peer.EdoBare;
import dev.edo.sync.RwLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** Tokio's {@code read_uncontended}: the thread inside {@code blockOn} locks six times for reading. */
@Workload(value = "rwlock_read_uncontended", group = Group.SYNC, operation = "read")
@OperationsPerInvocation(RwLockReadUncontended.ROUNDS)
@State(Scope.Benchmark)
public class RwLockReadUncontended {
    static final int ROUNDS = 6;

    private final RwLock<@Nullable Void> lock = new RwLock<>(null);
    private final ReentrantReadWriteLock blocking = new ReentrantReadWriteLock(true);

    @Benchmark
    public void stackless(EdoBare edo, Blackhole blackhole) throws Exception {
        edo.runtime.blockOn(new AwaitLoop<>(ROUNDS, lock::read, guard -> {
            blackhole.consume(guard);
            guard.close();
        }));
    }

    @Benchmark
    public void direct(EdoBare edo, Blackhole blackhole) throws Exception {
        edo.runtime.blockOn(() -> {
            for (int i = 0; i < ROUNDS; i++) {
                try (var guard = lock.read().await()) {
                    blackhole.consume(guard);
                }
            }
        });
    }

    @Benchmark
    public void virtualThreads() {
        for (int i = 0; i < ROUNDS; i++) {
            blocking.readLock().lock();
            blocking.readLock().unlock();
        }
    }
}
