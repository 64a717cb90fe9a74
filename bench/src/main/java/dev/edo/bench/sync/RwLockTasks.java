package dev.edo.bench.sync;

import dev.edo.Edo;
import dev.edo.bench.Group;
import dev.edo.bench.Workload;
import dev.edo.bench.peer.AsyncBlock;
import dev.edo.bench.peer.AwaitAll;
import dev.edo.bench.peer.EdoBare;
import dev.edo.bench.peer.VirtualThreads;
import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.sync.RwLock;
import dev.edo.sync.RwLockReadGuard;
import dev.edo.sync.RwLockWriteGuard;
import dev.edo.task.JoinHandle;
import java.util.ArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Eight tasks lock a thousand times each; every hundredth time is for writing. */
@Workload(value = "rwlock_8_tasks_1pct_write", group = Group.SYNC, operation = "lock")
@OperationsPerInvocation(RwLockTasks.TASKS * RwLockTasks.ROUNDS)
@State(Scope.Benchmark)
public class RwLockTasks {
    static final int TASKS = 8;
    static final int ROUNDS = 1_000;
    static final int WRITE_EVERY = 100;
    static final int WRITES = TASKS * ROUNDS / WRITE_EVERY;

    private final Counter counter = new Counter();
    private final RwLock<Counter> lock = new RwLock<>(counter);
    private final ReentrantReadWriteLock blocking = new ReentrantReadWriteLock(true);
    private final LongAdder seen = new LongAdder();

    @Benchmark
    public void stackless(EdoBare edo) throws Exception {
        long before = counter.value;
        edo.runtime.blockOn(new AsyncBlock<>(() -> {
            var handles = new ArrayList<JoinHandle<Long>>(TASKS);
            for (int i = 0; i < TASKS; i++) {
                handles.add(Edo.spawn(new Locking(lock)));
            }
            return new AwaitAll<>(handles);
        }));
        counter.requireGrown(before, WRITES);
    }

    private static final class Locking implements Future<Long> {
        private final RwLock<Counter> lock;
        private int round;
        private long sum;
        private @Nullable Future<RwLockReadGuard<Counter>> reading;
        private @Nullable Future<RwLockWriteGuard<Counter>> writing;

        Locking(RwLock<Counter> lock) {
            this.lock = lock;
        }

        @Override
        public Poll<Long> poll(Context cx) throws Exception {
            while (round < ROUNDS) {
                if (!(round % WRITE_EVERY == 0 ? write(cx) : read(cx))) {
                    return Poll.pending();
                }
                round++;
            }
            return Poll.ready(sum);
        }

        private boolean write(Context cx) throws Exception {
            var current = writing;
            if (current == null) {
                current = lock.write();
                writing = current;
            }
            if (!(current.poll(cx) instanceof Poll.Ready<RwLockWriteGuard<Counter>>(var guard))) {
                return false;
            }
            writing = null;
            guard.get().value++;
            guard.close();
            return true;
        }

        private boolean read(Context cx) throws Exception {
            var current = reading;
            if (current == null) {
                current = lock.read();
                reading = current;
            }
            if (!(current.poll(cx) instanceof Poll.Ready<RwLockReadGuard<Counter>>(var guard))) {
                return false;
            }
            reading = null;
            sum += guard.get().value;
            guard.close();
            return true;
        }
    }

    @Benchmark
    public void direct(EdoBare edo) throws Exception {
        long before = counter.value;
        edo.runtime.blockOn(() -> {
            var handles = new ArrayList<JoinHandle<Long>>(TASKS);
            for (int i = 0; i < TASKS; i++) {
                handles.add(Edo.spawn(this::lockDirectly));
            }
            AwaitAll.directly(handles);
        });
        counter.requireGrown(before, WRITES);
    }

    private long lockDirectly() {
        long sum = 0;
        for (int i = 0; i < ROUNDS; i++) {
            if (i % WRITE_EVERY == 0) {
                try (var guard = lock.write().await()) {
                    guard.get().value++;
                }
            } else {
                try (var guard = lock.read().await()) {
                    sum += guard.get().value;
                }
            }
        }
        return sum;
    }

    @Benchmark
    public void virtualThreads() throws Exception {
        long before = counter.value;
        VirtualThreads.run(TASKS, () -> {
            long sum = 0;
            for (int i = 0; i < ROUNDS; i++) {
                if (i % WRITE_EVERY == 0) {
                    blocking.writeLock().lock();
                    counter.value++;
                    blocking.writeLock().unlock();
                } else {
                    blocking.readLock().lock();
                    sum += counter.value;
                    blocking.readLock().unlock();
                }
            }
            seen.add(sum);
        });
        counter.requireGrown(before, WRITES);
    }
}
