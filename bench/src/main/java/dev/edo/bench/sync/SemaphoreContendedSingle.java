package dev.edo.bench.sync;

import dev.edo.Edo;
import dev.edo.bench.Group;
import dev.edo.bench.Workload;
import dev.edo.bench.peer.AsyncBlock;
import dev.edo.bench.peer.AwaitLoop;
import dev.edo.bench.peer.EdoCurrentThread;
import dev.edo.future.Future;
import dev.edo.sync.Semaphore;
import dev.edo.sync.SemaphorePermit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Tokio's {@code contended_single}: six futures that one {@code blockOn} joins take one of five
 * permits.
 */
@Workload(value = "semaphore_contended_single", group = Group.SYNC, operation = "acquire")
@OperationsPerInvocation(6)
@State(Scope.Benchmark)
public class SemaphoreContendedSingle {
    private final Semaphore semaphore = new Semaphore(5);

    @Benchmark
    public void stackless(EdoCurrentThread edo) throws Exception {
        edo.runtime.blockOn(new AsyncBlock<>(() -> Edo.join(take(), take(), take(), take(), take(), take())));
    }

    @Benchmark
    public void direct(EdoCurrentThread edo) throws Exception {
        edo.runtime.blockOn(() -> {
            Edo.join(take(), take(), take(), take(), take(), take()).await();
        });
    }

    private Future<@Nullable Void> take() {
        return new AwaitLoop<>(1, semaphore::acquire, SemaphorePermit::close);
    }
}
