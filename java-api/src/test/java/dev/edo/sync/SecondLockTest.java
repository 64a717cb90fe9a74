package dev.edo.sync;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A virtual thread with a spin lock in hand that needs another one. */
class SecondLockTest {
    private static final int CARRIERS = Integer.getInteger(
            "jdk.virtualThreadScheduler.parallelism", Runtime.getRuntime().availableProcessors());
    private static final long PATIENCE_NANOS = Duration.ofSeconds(10).toNanos();
    /** How long the second lock stays taken: time enough to be unmounted for whoever ever is. */
    private static final long HELD_NANOS = Duration.ofMillis(100).toNanos();

    // A virtual thread has the parent's lock and waits for the child's, whose holder lost its processor. If
    // it gave its carrier away now, what comes next on the carrier may be a task that wants the parent's
    // lock: it spins, and nobody mounts the holder again. The tasks here stand for such ones: there is one
    // for each carrier, and they end when the holder is through.
    @Test
    void who_waits_for_a_second_lock_keeps_its_carrier() throws InterruptedException {
        var parent = new TokenNode();
        var child = parent.child();
        var spinning = new AtomicInteger();
        var tasks = new ArrayList<Thread>();
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        child.lock();
        var holder = Thread.ofVirtual().start(() -> {
            var self = Thread.currentThread();
            for (int i = 0; i < CARRIERS; i++) {
                tasks.add(Thread.startVirtualThread(() -> {
                    spinning.incrementAndGet();
                    while (self.isAlive() && System.nanoTime() < deadline) {
                        Thread.onSpinWait();
                    }
                }));
            }
            parent.cancel();
        });
        long release = System.nanoTime() + HELD_NANOS;
        while (spinning.get() < CARRIERS && System.nanoTime() < release) {
            Thread.onSpinWait();
        }
        child.unlock();
        holder.join();
        assertTrue(System.nanoTime() < deadline, "the holder of the lock was not mounted again");
        for (var task : tasks) {
            task.join();
        }
        assertTrue(child.isCancelled());
    }
}
