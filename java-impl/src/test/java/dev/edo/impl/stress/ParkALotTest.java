package dev.edo.impl.stress;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edo.Edo;
import dev.edo.impl.contract.Eventually;
import dev.edo.impl.contract.Setup;
import dev.edo.task.JoinHandle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many tasks that park for a moment, by every means there is, each counted when it is through. */
class ParkALotTest {
    private static final int TASKS = 500;
    private static final int PARKS = 20;

    @ParameterizedTest
    @EnumSource
    void everyParkEnds(Setup setup) throws Exception {
        try (var running = setup.start()) {
            var through = new AtomicInteger();
            var lock = new ReentrantLock();
            var monitor = new Object();
            var tasks = new ArrayList<JoinHandle<?>>();
            int parks = Scale.of(PARKS);
            for (int task = 0; task < TASKS; task++) {
                int number = task;
                tasks.add(running.handle().spawn(() -> {
                    for (int i = 0; i < parks; i++) {
                        parkSomehow(number + i, lock, monitor);
                    }
                    through.incrementAndGet();
                }));
            }
            for (var task : tasks) {
                Eventually.returns("a task that parks", task::await);
            }
            assertEquals(TASKS, through.get());
        }
    }

    private static void parkSomehow(int way, ReentrantLock lock, Object monitor) throws Exception {
        switch (way % 6) {
            case 0 -> LockSupport.parkNanos(50_000);
            case 1 -> Edo.sleep(Duration.ofNanos(50_000)).await();
            case 2 -> Thread.yield();
            case 3 -> {
                lock.lock();
                try {
                    Thread.yield();
                } finally {
                    lock.unlock();
                }
            }
            case 4 -> {
                synchronized (monitor) {
                    Thread.yield();
                }
            }
            default -> {
                synchronized (monitor) {
                    monitor.wait(1);
                }
            }
        }
    }
}
