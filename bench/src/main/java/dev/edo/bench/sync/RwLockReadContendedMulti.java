package dev.edo.bench.sync;

import dev.edo.Edo;
import dev.edo.bench.Group;
import dev.edo.bench.Workload;
import dev.edo.bench.peer.AwaitLoop;
import dev.edo.bench.peer.EdoBare;
import dev.edo.bench.peer.VirtualThreads;
import dev.edo.future.Future;
import dev.edo.sync.RwLock;
import dev.edo.sync.RwLockReadGuard;
import dev.edo.sync.RwLockWriteGuard;
import dev.edo.task.JoinHandle;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Tokio's {@code read_concurrent_multi_contended}: five tasks lock for reading while the thread
 * inside {@code blockOn} has locked for writing; it unlocks once they are spawned.
 */
@Workload(value = "rwlock_read_contended_multi", group = Group.SYNC, operation = "task+lock")
@OperationsPerInvocation(1 + RwLockReadContendedMulti.READERS)
@State(Scope.Benchmark)
public class RwLockReadContendedMulti {
    static final int READERS = 5;

    private final RwLock<@Nullable Void> lock = new RwLock<>(null);
    private final ReentrantReadWriteLock blocking = new ReentrantReadWriteLock(true);

    @Benchmark
    public void stackless(EdoBare edo) throws Exception {
        edo.runtime.blockOn(lock.write().then(guard ->
                Edo.tryJoin(unlock(guard), polled(), polled(), polled(), polled(), polled())));
    }

    private JoinHandle<@Nullable Void> polled() {
        return Edo.spawn(new AwaitLoop<>(1, lock::read, RwLockReadGuard::close));
    }

    @Benchmark
    public void direct(EdoBare edo) throws Exception {
        edo.runtime.blockOn(() -> {
            var guard = lock.write().await();
            Edo.tryJoin(unlock(guard), task(), task(), task(), task(), task()).await();
        });
    }

    private JoinHandle<@Nullable Void> task() {
        return Edo.spawn(() -> lock.read().await().close());
    }

    private static Future<@Nullable Void> unlock(RwLockWriteGuard<@Nullable Void> guard) {
        return Future.lazy(() -> {
            guard.close();
            return null;
        });
    }

    @Benchmark
    public void virtualThreads() throws Exception {
        blocking.writeLock().lock();
        VirtualThreads.run(READERS, () -> {
            blocking.readLock().lock();
            blocking.readLock().unlock();
        }, blocking.writeLock()::unlock);
    }
}
