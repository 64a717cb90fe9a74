package dev.edo.impl.stress;

import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.impl.contract.Eventually;
import dev.edo.impl.contract.Setup;
import dev.edo.task.JoinHandle;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Stackless tasks block their workers in a lock that tasks in direct style and a foreign thread use as well. When all
 * workers wait behind a virtual thread that none of them can mount, somebody else has to.
 */
class MixedLocksTest {
    private static final int TASKS = 4;
    private static final int TURNS = 300;

    @ParameterizedTest
    @EnumSource
    void aMonitorIsHandedOn(Setup setup) throws Exception {
        var monitor = new Object();
        everybodyGetsThrough(setup, work -> {
            synchronized (monitor) {
                work.run();
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void aLockIsHandedOn(Setup setup) throws Exception {
        var lock = new ReentrantLock();
        everybodyGetsThrough(setup, work -> {
            lock.lock();
            try {
                work.run();
            } finally {
                lock.unlock();
            }
        });
    }

    /** Runs something under a lock. */
    @FunctionalInterface
    private interface Guarded {
        void run(Runnable work);
    }

    private static void everybodyGetsThrough(Setup setup, Guarded guarded) throws Exception {
        Runnable moment = () -> {
            for (int i = 0; i < 500; i++) {
                Thread.onSpinWait();
            }
        };
        var stop = new AtomicBoolean();
        var foreign = Thread.ofPlatform().daemon().start(() -> {
            while (!stop.get()) {
                guarded.run(moment);
                Thread.yield();
            }
        });
        try (var running = setup.start()) {
            var tasks = new ArrayList<JoinHandle<?>>();
            int turns = Scale.of(TURNS);
            for (int i = 0; i < TASKS; i++) {
                tasks.add(running.handle().spawn(() -> {
                    for (int turn = 0; turn < turns; turn++) {
                        guarded.run(moment);
                        Thread.yield();
                    }
                }));
                var left = new AtomicInteger(turns);
                Future<Void> stackless = cx -> {
                    guarded.run(moment);
                    if (left.decrementAndGet() == 0) {
                        return Poll.ready();
                    }
                    cx.waker().wake();
                    return Poll.pending();
                };
                tasks.add(running.handle().spawn(stackless));
            }
            for (var task : tasks) {
                Eventually.returns("a task that locks", task::await);
            }
        } finally {
            stop.set(true);
            foreign.join();
        }
    }
}
