package dev.edo.bench.sync;

import dev.edo.Edo;
import dev.edo.bench.Group;
import dev.edo.bench.Workload;
import dev.edo.bench.peer.AsyncBlock;
import dev.edo.bench.peer.AwaitAll;
import dev.edo.bench.peer.EdoBare;
import dev.edo.bench.peer.VirtualThreads;
import dev.edo.sync.Semaphore;
import dev.edo.task.JoinHandle;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Eight tasks share two permits, and yield while they have one: there are always waiters. */
@Workload(value = "semaphore_2_permits_8_tasks", group = Group.SYNC, operation = "acquire+yield")
@OperationsPerInvocation(SemaphoreTasks.TASKS * SemaphoreTasks.ROUNDS)
@State(Scope.Benchmark)
public class SemaphoreTasks {
    static final int TASKS = 8;
    static final int ROUNDS = 500;

    private final Semaphore semaphore = new Semaphore(2);
    private final java.util.concurrent.Semaphore blocking = new java.util.concurrent.Semaphore(2, true);

    @Benchmark
    public void stackless(EdoBare edo) throws Exception {
        edo.runtime.blockOn(new AsyncBlock<>(() -> {
            var handles = new ArrayList<JoinHandle<@Nullable Void>>(TASKS);
            for (int i = 0; i < TASKS; i++) {
                handles.add(Edo.spawn(new HoldLoop<>(ROUNDS, semaphore::acquire, permit -> {})));
            }
            return new AwaitAll<>(handles);
        }));
    }

    @Benchmark
    public void direct(EdoBare edo) throws Exception {
        edo.runtime.blockOn(() -> {
            var handles = new ArrayList<JoinHandle<@Nullable Void>>(TASKS);
            for (int i = 0; i < TASKS; i++) {
                handles.add(Edo.spawn(this::hold));
            }
            AwaitAll.directly(handles);
        });
    }

    private void hold() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            try (var permit = semaphore.acquire().await()) {
                Edo.yieldNow().await();
            }
        }
    }

    @Benchmark
    public void virtualThreads() throws Exception {
        VirtualThreads.run(TASKS, () -> {
            for (int i = 0; i < ROUNDS; i++) {
                blocking.acquireUninterruptibly();
                Thread.yield();
                blocking.release();
            }
        });
    }
}
