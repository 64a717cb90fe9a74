package dev.edo.bench.currentthread;

import dev.edo.Edo;
import dev.edo.bench.Group;
import dev.edo.bench.Workload;
import dev.edo.bench.peer.AsyncBlock;
import dev.edo.bench.peer.AwaitAll;
import dev.edo.bench.peer.EdoCurrentThread;
import dev.edo.bench.peer.YieldLoop;
import dev.edo.task.JoinHandle;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/**
 * 200 tasks yield a thousand times each: the current-thread counterpart of Tokio's {@code
 * yield_many}.
 */
@Workload(value = "ct_yield_many", group = Group.SWITCH, operation = "yield")
@OperationsPerInvocation(YieldMany.TASKS * YieldMany.YIELDS)
public class YieldMany {
    static final int TASKS = 200;
    static final int YIELDS = 1_000;

    @Benchmark
    public void stackless(EdoCurrentThread edo) throws Exception {
        edo.runtime.blockOn(new AsyncBlock<>(() -> {
            var handles = new ArrayList<JoinHandle<@Nullable Void>>(TASKS);
            for (int i = 0; i < TASKS; i++) {
                handles.add(Edo.spawn(new YieldLoop(YIELDS, () -> {})));
            }
            return new AwaitAll<>(handles);
        }));
    }

    @Benchmark
    public void direct(EdoCurrentThread edo) throws Exception {
        edo.runtime.blockOn(() -> {
            var handles = new ArrayList<JoinHandle<@Nullable Void>>(TASKS);
            for (int i = 0; i < TASKS; i++) {
                handles.add(Edo.spawn(() -> {
                    for (int j = 0; j < YIELDS; j++) {
                        Edo.yieldNow().await();
                    }
                }));
            }
            AwaitAll.directly(handles);
        });
    }
}
