package dev.edo.impl.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.Edo;
import dev.edo.future.Future;
import dev.edo.impl.contract.Eventually;
import dev.edo.impl.contract.Gate;
import dev.edo.impl.contract.Style;
import dev.edo.sync.AcquireError;
import dev.edo.sync.Semaphore;
import dev.edo.task.JoinHandle;
import dev.edo.time.Elapsed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class SemaphoreInRuntimeTest extends InEveryRuntime {
    private static final int TASKS = 200;
    private static final int PERMITS = 3;

    /** Holds a permit until the gate opens, and gives it back however it ends. */
    private JoinHandle<?> holder(Semaphore semaphore, Gate<@Nullable Void> gate) {
        if (style == Style.DIRECT) {
            return handle.spawn(() -> {
                try (var permit = semaphore.acquire().await()) {
                    gate.await();
                    return permit.numPermits();
                }
            });
        }
        return handle.spawn(new Holding(semaphore.acquire(), gate));
    }

    @Test
    void no_more_tasks_are_in_than_there_are_permits() throws Exception {
        var semaphore = new Semaphore(PERMITS);
        var inside = new AtomicInteger();
        var tasks = new ArrayList<JoinHandle<Integer>>();
        for (int i = 0; i < TASKS; i++) {
            long n = 1 + i % PERMITS;
            tasks.add(style.spawn(handle, () -> new Repeating(10, () -> semaphore.acquireMany(n)
                    .then(permit -> {
                        int now = inside.addAndGet((int) n);
                        return yielding().map(_ -> {
                            try (permit) {
                                assertTrue(now <= PERMITS && inside.get() <= PERMITS, "now=" + now);
                                return inside.addAndGet((int) -n);
                            }
                        });
                    }))));
        }
        for (var task : tasks) {
            assertEquals(10, resultOf(task));
        }
        assertEquals(PERMITS, semaphore.availablePermits());
    }

    private static Future<@Nullable Void> yielding() {
        return Edo.yieldNow();
    }

    @Test
    void an_aborted_holder_gives_its_permit_to_who_waits() throws Exception {
        var semaphore = new Semaphore(1);
        var gate = new Gate<@Nullable Void>();
        var holder = holder(semaphore, gate);
        Eventually.opened("the first one to hold the permit", gate.waiting);
        var next = new Gate<@Nullable Void>();
        next.open(null);
        var waiter = holder(semaphore, next);
        holder.abort();
        assertTrue(failureOf(holder).isCancelled());
        resultOf(waiter);
        Eventually.until("the permit to be back", () -> semaphore.availablePermits() == 1);
    }

    @Test
    void an_aborted_waiter_leaves_the_queue() throws Exception {
        var semaphore = new Semaphore(0);
        var unused = new Gate<@Nullable Void>();
        var gone = holder(semaphore, unused);
        gone.abort();
        assertTrue(failureOf(gone).isCancelled());
        semaphore.addPermits(1);
        Eventually.until("the permit to be free", () -> semaphore.availablePermits() == 1);
        assertEquals(0, unused.polls());
    }

    @Test
    void closing_ends_every_wait() throws Exception {
        var semaphore = new Semaphore(0);
        var gate = new Gate<@Nullable Void>();
        var waiters = new ArrayList<JoinHandle<?>>();
        for (int i = 0; i < 50; i++) {
            waiters.add(holder(semaphore, gate));
        }
        semaphore.close();
        for (var waiter : waiters) {
            assertInstanceOf(AcquireError.class, failureOf(waiter).getCause());
        }
    }

    @Test
    void a_wait_with_a_limit_ends_and_takes_nothing() throws Exception {
        var semaphore = new Semaphore(0);
        var task = style.spawn(handle, () -> semaphore.acquire().timeout(Duration.ofMillis(1)));
        assertInstanceOf(Elapsed.class, failureOf(task).getCause());
        semaphore.addPermits(1);
        assertEquals(1, semaphore.availablePermits());
    }

    @Test
    void a_thread_waits_for_a_permit_that_a_task_gives_back() throws Exception {
        var semaphore = new Semaphore(1);
        var gate = new Gate<@Nullable Void>();
        var holder = holder(semaphore, gate);
        Eventually.opened("the task to hold the permit", gate.waiting);
        var begun = new CountDownLatch(1);
        var outcome = new LinkedBlockingQueue<Object>();
        var thread = Thread.ofPlatform().start(() -> {
            begun.countDown();
            try (var permit = semaphore.blockingAcquire()) {
                outcome.add(permit.numPermits());
            } catch (Throwable t) {
                outcome.add(t);
            }
        });
        Eventually.opened("the thread to begin", begun);
        gate.open(null);
        resultOf(holder);
        assertTrue(thread.join(Eventually.PATIENCE));
        assertEquals(1L, outcome.poll());
        assertEquals(1, semaphore.availablePermits());
    }

    @Test
    void blocking_takes_several_permits_and_hears_of_the_end() throws Exception {
        var semaphore = new Semaphore(5);
        try (var permits = semaphore.blockingAcquireMany(3)) {
            assertEquals(3, permits.numPermits());
            assertEquals(2, semaphore.availablePermits());
        }
        semaphore.close();
        assertThrows(AcquireError.class, semaphore::blockingAcquire);
        assertThrows(AcquireError.class, () -> semaphore.blockingAcquireMany(2));
    }

    @Test
    void an_interrupted_thread_takes_nothing() throws Exception {
        var semaphore = new Semaphore(0);
        Eventually.returns("the interrupted thread", () -> {
            Thread.currentThread().interrupt();
            return assertThrows(CancellationException.class, semaphore::blockingAcquire);
        });
        semaphore.addPermits(1);
        assertEquals(1, semaphore.availablePermits());
    }

    @Test
    void a_stackless_task_must_not_block() throws Exception {
        var semaphore = new Semaphore(1);
        var one = handle.spawn(Future.lazy(semaphore::blockingAcquire));
        assertInstanceOf(IllegalStateException.class, failureOf(one).getCause());
        var many = handle.spawn(Future.lazy(() -> semaphore.blockingAcquireMany(1)));
        assertInstanceOf(IllegalStateException.class, failureOf(many).getCause());
        assertEquals(1, semaphore.availablePermits());
    }

    @Test
    void a_blocking_job_may_block() throws Exception {
        var semaphore = new Semaphore(0);
        var job = handle.spawnBlocking(() -> {
            try (var permit = semaphore.blockingAcquire()) {
                return permit.numPermits();
            }
        });
        var task = style.run(handle, () -> {
            semaphore.addPermits(1);
            return true;
        });
        assertTrue(resultOf(task));
        assertEquals(1, resultOf(job));
    }
}
