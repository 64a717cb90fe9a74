package dev.edo.bench.sync;

import dev.edo.Edo;
import dev.edo.bench.Group;
import dev.edo.bench.Workload;
import dev.edo.bench.peer.AsyncBlock;
import dev.edo.bench.peer.AwaitAll;
import dev.edo.bench.peer.EdoBare;
import dev.edo.bench.peer.VirtualThreads;
import dev.edo.sync.Mutex;
import dev.edo.task.JoinHandle;
import java.util.ArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Eight tasks share a mutex, and yield while they have it. */
@Workload(value = "mutex_8_tasks", group = Group.SYNC, operation = "lock+yield")
@OperationsPerInvocation(MutexTasks.TASKS * MutexTasks.ROUNDS)
@State(Scope.Benchmark)
public class MutexTasks {
    static final int TASKS = 8;
    static final int ROUNDS = 500;

    private final Counter counter = new Counter();
    private final Mutex<Counter> mutex = new Mutex<>(counter);
    private final ReentrantLock lock = new ReentrantLock(true);

    @Benchmark
    public void stackless(EdoBare edo) throws Exception {
        long before = counter.value;
        edo.runtime.blockOn(new AsyncBlock<>(() -> {
            var handles = new ArrayList<JoinHandle<@Nullable Void>>(TASKS);
            for (int i = 0; i < TASKS; i++) {
                handles.add(Edo.spawn(new HoldLoop<>(ROUNDS, mutex::lock, guard -> guard.get().value++)));
            }
            return new AwaitAll<>(handles);
        }));
        counter.requireGrown(before, TASKS * ROUNDS);
    }

    @Benchmark
    public void direct(EdoBare edo) throws Exception {
        long before = counter.value;
        edo.runtime.blockOn(() -> {
            var handles = new ArrayList<JoinHandle<@Nullable Void>>(TASKS);
            for (int i = 0; i < TASKS; i++) {
                handles.add(Edo.spawn(this::hold));
            }
            AwaitAll.directly(handles);
        });
        counter.requireGrown(before, TASKS * ROUNDS);
    }

    private void hold() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            try (var guard = mutex.lock().await()) {
                guard.get().value++;
                Edo.yieldNow().await();
            }
        }
    }

    @Benchmark
    public void virtualThreads() throws Exception {
        long before = counter.value;
        VirtualThreads.run(TASKS, () -> {
            for (int i = 0; i < ROUNDS; i++) {
                lock.lock();
                counter.value++;
                Thread.yield();
                lock.unlock();
            }
        });
        counter.requireGrown(before, TASKS * ROUNDS);
    }
}
