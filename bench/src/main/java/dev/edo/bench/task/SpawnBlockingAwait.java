package dev.edo.bench.task;

import dev.edo.Edo;
import dev.edo.bench.Group;
import dev.edo.bench.Workload;
import dev.edo.bench.peer.CachedThreads;
import dev.edo.bench.peer.EdoEither;
import java.util.concurrent.CompletableFuture;
import org.openjdk.jmh.annotations.Benchmark;

/**
 * The round trip of one job for the blocking pool, made and awaited by the thread inside {@code
 * blockOn}.
 */
@Workload(value = "{flavor}_spawn_blocking_await", group = Group.BLOCKING, operation = "job")
public class SpawnBlockingAwait {
    @Benchmark
    public Integer stackless(EdoEither edo) throws Exception {
        return edo.runtime.blockOn(edo.runtime.spawnBlocking(() -> 0));
    }

    @Benchmark
    public Integer direct(EdoEither edo) throws Exception {
        return edo.runtime.blockOn(() -> Edo.spawnBlocking(() -> 0).await());
    }

    @Benchmark
    public Integer virtualThreads(CachedThreads threads) {
        return CompletableFuture.supplyAsync(() -> 0, threads.pool).join();
    }
}
