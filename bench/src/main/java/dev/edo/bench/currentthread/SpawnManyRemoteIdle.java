package dev.edo.bench.currentthread;

import dev.edo.bench.Group;
import dev.edo.bench.Workload;
import dev.edo.bench.peer.AwaitAll;
import dev.edo.bench.peer.EdoCurrentThread;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.task.JoinHandle;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/**
 * Tokio's current-thread {@code spawn_many_remote_idle}: tasks that do nothing are spawned from
 * outside, and then run and awaited by {@code blockOn}.
 */
@Workload(value = "ct_spawn_many_remote_idle", group = Group.SPAWN, operation = "task")
@OperationsPerInvocation(SpawnManyRemoteIdle.TASKS)
public class SpawnManyRemoteIdle {
    static final int TASKS = 1_000;

    @Benchmark
    public void stackless(EdoCurrentThread edo) throws Exception {
        var handles = new ArrayList<JoinHandle<@Nullable Void>>(TASKS);
        for (int i = 0; i < TASKS; i++) {
            handles.add(edo.runtime.spawn((Future<@Nullable Void>) cx -> Poll.ready()));
        }
        edo.runtime.blockOn(new AwaitAll<>(handles));
    }

    @Benchmark
    public void direct(EdoCurrentThread edo) throws Exception {
        var handles = new ArrayList<JoinHandle<@Nullable Void>>(TASKS);
        for (int i = 0; i < TASKS; i++) {
            handles.add(edo.runtime.spawn(() -> {}));
        }
        edo.runtime.blockOn(() -> AwaitAll.directly(handles));
    }
}
