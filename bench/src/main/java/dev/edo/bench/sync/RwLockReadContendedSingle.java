package dev.edo.bench.sync;

import dev.edo.Edo;
import dev.edo.bench.Group;
import dev.edo.bench.Workload;
import dev.edo.bench.peer.AwaitLoop;
import dev.edo.bench.peer.EdoCurrentThread;
import dev.edo.future.Future;
import dev.edo.sync.RwLock;
import dev.edo.sync.RwLockReadGuard;
import dev.edo.sync.RwLockWriteGuard;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Tokio's {@code read_concurrent_contended_single}: one {@code blockOn} joins the unlocking of a
 * writer with five futures that lock for reading.
 */
@Workload(value = "rwlock_read_contended_single", group = Group.SYNC, operation = "lock")
@OperationsPerInvocation(6)
@State(Scope.Benchmark)
public class RwLockReadContendedSingle {
    private final RwLock<@Nullable Void> lock = new RwLock<>(null);

    @Benchmark
    public void stackless(EdoCurrentThread edo) throws Exception {
        edo.runtime.blockOn(lock.write().then(guard ->
                Edo.join(unlock(guard), read(), read(), read(), read(), read())));
    }

    @Benchmark
    public void direct(EdoCurrentThread edo) throws Exception {
        edo.runtime.blockOn(() -> {
            var guard = lock.write().await();
            Edo.join(unlock(guard), read(), read(), read(), read(), read()).await();
        });
    }

    private static Future<@Nullable Void> unlock(RwLockWriteGuard<@Nullable Void> guard) {
        return Future.lazy(() -> {
            guard.close();
            return null;
        });
    }

    private Future<@Nullable Void> read() {
        return new AwaitLoop<>(1, lock::read, RwLockReadGuard::close);
    }
}
