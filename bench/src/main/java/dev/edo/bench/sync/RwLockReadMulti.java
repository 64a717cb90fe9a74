package dev.edo.bench.sync;

import dev.edo.Edo;
import dev.edo.bench.Group;
import dev.edo.bench.Workload;
import dev.edo.bench.peer.AsyncBlock;
import dev.edo.bench.peer.AwaitLoop;
import dev.edo.bench.peer.EdoBare;
import dev.edo.bench.peer.VirtualThreads;
import dev.edo.sync.RwLock;
import dev.edo.sync.RwLockReadGuard;
import dev.edo.task.JoinHandle;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Tokio's {@code read_concurrent_multi}: six tasks lock for reading. */
@Workload(value = "rwlock_read_concurrent_multi", group = Group.SYNC, operation = "task+read")
@OperationsPerInvocation(RwLockReadMulti.TASKS)
@State(Scope.Benchmark)
public class RwLockReadMulti {
    static final int TASKS = 6;

    private final RwLock<@Nullable Void> lock = new RwLock<>(null);
    private final ReentrantReadWriteLock blocking = new ReentrantReadWriteLock(true);

    @Benchmark
    public void stackless(EdoBare edo) throws Exception {
        edo.runtime.blockOn(new AsyncBlock<>(
                () -> Edo.tryJoin(polled(), polled(), polled(), polled(), polled(), polled())));
    }

    private JoinHandle<@Nullable Void> polled() {
        return Edo.spawn(new AwaitLoop<>(1, lock::read, RwLockReadGuard::close));
    }

    @Benchmark
    public void direct(EdoBare edo) throws Exception {
        edo.runtime.blockOn(() -> {
            Edo.tryJoin(task(), task(), task(), task(), task(), task()).await();
        });
    }

    private JoinHandle<@Nullable Void> task() {
        return Edo.spawn(() -> lock.read().await().close());
    }

    @Benchmark
    public void virtualThreads() throws Exception {
        VirtualThreads.run(TASKS, () -> {
            blocking.readLock().lock();
            blocking.readLock().unlock();
        });
    }
}
