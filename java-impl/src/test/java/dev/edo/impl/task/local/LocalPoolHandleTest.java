package dev.edo.impl.task.local;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.Edo;
import dev.edo.future.Future;
import dev.edo.impl.contract.Eventually;
import dev.edo.impl.contract.Gate;
import dev.edo.impl.task.coroutine.Carriers;
import dev.edo.task.JoinError;
import dev.edo.task.JoinHandle;
import dev.edo.task.LocalPoolHandle;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LocalPoolHandleTest {
    private interface Body {
        void run(LocalPoolHandle pool) throws Exception;
    }

    private static void with(int threads, Body body) throws Exception {
        Eventually.<@Nullable Void>returns("the test", () -> {
            try (var pool = new LocalPoolHandle(threads)) {
                body.run(pool);
            }
            return null;
        });
    }

    @Test
    void tasksOfBothStylesStayOnOneThread() throws Exception {
        with(2, pool -> {
            var direct = pool.spawnPinned(() -> {
                var before = Carriers.currentCarrier();
                Edo.sleep(Duration.ofMillis(1)).await();
                var nested = Edo.spawnLocal(Future.lazy(Carriers::currentCarrier)).await();
                return new HashSet<>(List.of(before, Carriers.currentCarrier(), nested)).size();
            });
            var stackless = pool.spawnPinned(Edo.yieldNow().map(_ -> Carriers.currentCarrier()));
            assertEquals(1, direct.await());
            assertTrue(stackless.await().getName().startsWith("edo-local-"));
        });
    }

    @Test
    void tasksAreBalanced() throws Exception {
        with(2, pool -> {
            var gates = IntStream.range(0, 5).mapToObj(_ -> new Gate<Integer>()).toList();
            var tasks = gates.stream().map(pool::spawnPinned).toList();
            assertArrayEquals(new int[] {2, 3}, Arrays.stream(pool.taskCounts()).sorted().toArray());
            for (int i = 0; i < 5; i++) {
                gates.get(i).open(i);
                assertEquals(i, tasks.get(i).await());
            }
            Eventually.until("no tasks", () -> Arrays.stream(pool.taskCounts()).sum() == 0);
        });
    }

    @Test
    void taskBesideAnotherOneRunsOnTheOtherThread() throws Exception {
        with(2, pool -> {
            var gate = new Gate<Integer>();
            var first = pool.spawnPinned(gate.map(_ -> Carriers.currentCarrier()));
            Eventually.opened("the task waits", gate.waiting);
            var second = pool.spawnPinned(Future.lazy(Carriers::currentCarrier)).await();
            gate.open(1);
            assertNotEquals(first.await(), second);
        });
    }

    @Test
    void byIndex() throws Exception {
        with(3, pool -> {
            assertEquals(3, pool.threadCount());
            var gate = new Gate<Integer>();
            var task = pool.spawnPinnedOn(1, gate);
            assertArrayEquals(new int[] {0, 1, 0}, pool.taskCounts());
            gate.open(1);
            assertEquals(1, task.await());
            var second = pool.spawnPinnedOn(2, Carriers::currentCarrier).await();
            assertEquals(second, pool.spawnPinnedOn(2, Future.lazy(Carriers::currentCarrier)).await());
            assertNotEquals(second, pool.spawnPinnedOn(0, Carriers::currentCarrier).await());
            assertThrows(IndexOutOfBoundsException.class, () -> pool.spawnPinnedOn(3, gate));
            assertThrows(IndexOutOfBoundsException.class, () -> pool.spawnPinnedOn(-1, () -> 1));
            Eventually.until("no tasks", () -> Arrays.stream(pool.taskCounts()).sum() == 0);
        });
    }

    @Test
    void failingAndAbortedTasksLeaveTheThreadAlive() throws Exception {
        with(1, pool -> {
            var panics = pool.spawnPinned(() -> {
                throw new IllegalStateException("boom");
            });
            assertTrue(assertThrows(JoinError.class, panics::await).isPanic());
            var boom = new IllegalStateException("boom");
            var fails = pool.spawnPinned(Future.<Integer>lazy(() -> {
                throw boom;
            }));
            assertSame(boom, assertThrows(JoinError.class, fails::await).getCause());
            assertEquals(6, pool.spawnPinned(Future.ready(6)).await());
            var gate = new Gate<Integer>();
            var aborted = pool.spawnPinned(gate);
            Eventually.opened("the task waits", gate.waiting);
            aborted.abort();
            assertTrue(assertThrows(JoinError.class, aborted::await).isCancelled());
            assertEquals(1, gate.cancels());
            assertEquals(7, pool.spawnPinned(() -> 7).await());
            Eventually.until("no tasks", () -> pool.taskCounts()[0] == 0);
        });
    }

    /** As on a worker: who waits for the thread's own future is nobody but the pool. */
    @Test
    void taskThatLeavesTheThreadInterruptedLeavesItAlive() throws Exception {
        with(1, pool -> {
            var gate = new Gate<Integer>();
            var bystander = pool.spawnPinned(gate);
            Eventually.opened("the task waits", gate.waiting);
            var interrupts = pool.spawnPinned(Future.lazy(() -> {
                Thread.currentThread().interrupt();
                return 1;
            }));
            assertEquals(1, interrupts.await());
            assertEquals(2, pool.spawnPinned(() -> 2).await());
            gate.open(3);
            assertEquals(3, bystander.await());
        });
    }

    @Test
    void taskRunsThoughNobodyAwaitsIt() throws Exception {
        with(1, pool -> {
            var ran = new CountDownLatch(2);
            pool.spawnPinned(() -> {
                ran.countDown();
                return 1;
            });
            pool.spawnPinned(Future.lazy(() -> {
                ran.countDown();
                return 1;
            }));
            Eventually.opened("both run", ran);
        });
    }

    @Test
    void poolNeedsAThread() {
        var e = assertThrows(IllegalArgumentException.class, () -> new LocalPoolHandle(0));
        assertEquals("threads=0; want at least 1", e.getMessage());
    }

    @Test
    void closingCancelsAndRefusesButNotFromInside() throws Exception {
        var gate = new Gate<Integer>();
        var tasks = new CompletableFuture<JoinHandle<Integer>>();
        with(2, pool -> {
            tasks.complete(pool.spawnPinned(gate));
            Eventually.opened("the task waits", gate.waiting);
            var closes = pool.spawnPinned(() -> {
                pool.close();
                return 1;
            });
            assertTrue(assertThrows(JoinError.class, closes::await).getCause() instanceof IllegalStateException);
            assertFalse(tasks.join().isFinished());
            pool.close();
            assertTrue(assertThrows(JoinError.class, pool.spawnPinned(() -> 1)::await).isCancelled());
            assertArrayEquals(new int[2], pool.taskCounts());
        });
        assertTrue(assertThrows(JoinError.class, tasks.join()::await).isCancelled());
    }
}
