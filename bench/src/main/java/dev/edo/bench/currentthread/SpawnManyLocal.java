package dev.edo.bench.currentthread;

import dev.edo.Edo;
import dev.edo.bench.Group;
import dev.edo.bench.Workload;
import dev.edo.bench.peer.AwaitAll;
import dev.edo.bench.peer.EdoCurrentThread;
import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.task.JoinHandle;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/**
 * Tokio's current-thread {@code spawn_many_local}: the thread inside {@code blockOn} spawns tasks
 * that do nothing and awaits each.
 */
@Workload(value = "ct_spawn_many_local", group = Group.SPAWN, operation = "task")
@OperationsPerInvocation(SpawnManyLocal.TASKS)
public class SpawnManyLocal {
    static final int TASKS = 1_000;

    @Benchmark
    public void stackless(EdoCurrentThread edo) throws Exception {
        edo.runtime.blockOn(new Parent());
    }

    private static final class Parent implements Future<@Nullable Void> {
        private @Nullable AwaitAll<@Nullable Void> children;

        @Override
        public Poll<@Nullable Void> poll(Context cx) throws Exception {
            var waiting = children;
            if (waiting == null) {
                var handles = new ArrayList<JoinHandle<@Nullable Void>>(TASKS);
                for (int i = 0; i < TASKS; i++) {
                    handles.add(Edo.spawn((Future<@Nullable Void>) c -> Poll.ready()));
                }
                waiting = new AwaitAll<>(handles);
                children = waiting;
            }
            return waiting.poll(cx);
        }
    }

    @Benchmark
    public void direct(EdoCurrentThread edo) throws Exception {
        edo.runtime.blockOn(() -> {
            var handles = new ArrayList<JoinHandle<@Nullable Void>>(TASKS);
            for (int i = 0; i < TASKS; i++) {
                handles.add(Edo.spawn(() -> {}));
            }
            AwaitAll.directly(handles);
        });
    }
}
