package dev.edo.impl.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.Edo;
import dev.edo.future.Future;
import dev.edo.impl.libc.CpuAffinity;
import dev.edo.impl.runtime.BuilderImpl;
import dev.edo.runtime.Handle;
import dev.edo.task.JoinHandle;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** How workers share the work, and that they rest when there is none. */
class WorkersTest {
    /**
     * A task fills its worker's queue and then holds the worker until all of that has been done: only a thief can do
     * it.
     */
    @ParameterizedTest
    @EnumSource(mode = Mode.INCLUDE, names = {"TWO_WORKERS", "TINY_QUEUES"})
    void blockedWorkerIsRobbed(Setup setup) throws Exception {
        try (var running = setup.start()) {
            var done = new CountDownLatch(100);
            var holder = running.handle().spawn(Future.lazy(() -> {
                for (int i = 0; i < 101; i++) {
                    Handle.current().spawn(Future.lazy(() -> {
                        done.countDown();
                        return null;
                    }));
                }
                Eventually.opened("all but the one in the LIFO slot are stolen", done);
                return null;
            }));
            ContractTest.resultOf(holder);
            var metrics = running.handle().metrics();
            if (setup == Setup.TWO_WORKERS) {
                Eventually.until("steals are counted",
                        () -> metrics.workerStealCount(0) + metrics.workerStealCount(1) > 0);
                assertTrue(metrics.workerStealOperations(0) + metrics.workerStealOperations(1) > 0);
            } else {
                Eventually.until("overflows are counted",
                        () -> metrics.workerOverflowCount(0) + metrics.workerOverflowCount(1) > 0);
            }
            Eventually.until("the last one runs, too", () -> metrics.numAliveTasks() == 0);
        }
    }

    /** The same with tasks in direct style: a virtual thread moves to whoever is free. */
    @ParameterizedTest
    @EnumSource(mode = Mode.INCLUDE, names = {"TWO_WORKERS", "TINY_QUEUES"})
    void blockedWorkerIsRobbedOfThreads(Setup setup) throws Exception {
        try (var running = setup.start()) {
            var done = new CountDownLatch(100);
            var holder = running.handle().spawn(() -> {
                for (int i = 0; i < 101; i++) {
                    Handle.current().spawn(done::countDown);
                }
                while (done.getCount() > 0) {
                    Thread.onSpinWait();
                }
            });
            ContractTest.resultOf(holder);
            Eventually.until("the last one runs, too", () -> running.handle().metrics().numAliveTasks() == 0);
        }
    }

    /** A thread starts with the processor of the one that starts it; and a worker goes from thread to thread. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void affinityIsThatOfWhoDrivesAWorkerAndOfNobodyElse() throws Exception {
        var all = CpuAffinity.allowed();
        int cpu = all.nextSetBit(0);
        var only = new BitSet();
        only.set(cpu);
        try (var running = Running.of(Setup.ONE_WORKER.builder().workerAffinity(_ -> cpu))) {
            var handle = running.handle();
            var job = Future.<Future<BitSet>>lazy(() -> Edo.spawnBlocking(CpuAffinity::ofCurrentThread));
            var started = handle.spawn(job.then(made -> made));
            assertEquals(all, ContractTest.resultOf(started), "a job whose thread a worker starts");
            var blocking = handle.spawn(Future.<BitSet>lazy(() -> Edo.blockInPlace(CpuAffinity::ofCurrentThread)));
            assertEquals(all, ContractTest.resultOf(blocking), "who blocks in place, beside who drives the worker");
            var carrier = handle.spawn(() -> Edo.blockInPlace(() -> {
                var inherited = new FutureTask<>(CpuAffinity::ofCurrentThread);
                Thread.ofPlatform().start(inherited);
                return inherited.get();
            }));
            assertEquals(all, ContractTest.resultOf(carrier), "the same in direct style, as a thread starts with it");
            var driver = handle.spawn(Future.lazy(CpuAffinity::ofCurrentThread));
            assertEquals(only, ContractTest.resultOf(driver), "who drives the worker after a hand-off");
            var again = handle.spawnBlocking(CpuAffinity::ofCurrentThread);
            assertEquals(all, ContractTest.resultOf(again), "a job on a thread that has driven the worker");
        }
    }

    /** A burst from outside wakes more than one worker: each task waits for the other one to run. */
    @Test
    void burstFromOutsideOccupiesAllWorkers() throws Exception {
        try (var running = Running.of(Setup.TWO_WORKERS.builder().workerThreads(4))) {
            for (int round = 0; round < 50; round++) {
                var together = new CountDownLatch(4);
                var tasks = new ArrayList<JoinHandle<@Nullable Void>>();
                for (int i = 0; i < 4; i++) {
                    tasks.add(running.handle().spawn(Future.lazy(() -> {
                        together.countDown();
                        Eventually.opened("all four run at the same time", together);
                        return null;
                    })));
                }
                for (var task : tasks) {
                    ContractTest.resultOf(task);
                }
            }
        }
    }

    /** A worker that spins instead of sleeping would use all of the half second. */
    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "CURRENT_THREAD")
    void idleWorkersUseNoProcessor(Setup setup) throws Exception {
        var started = ConcurrentThreads.empty();
        try (var running = Running.of(setup.builder().onThreadStart(started::add))) {
            exercise(running.handle());
            assertIdle(running.handle(), started.threads());
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "CURRENT_THREAD")
    void idleWorkersWithoutDriversUseNoProcessor(Setup setup) throws Exception {
        var started = ConcurrentThreads.empty();
        var builder = new BuilderImpl();
        builder.workerThreads(setup.workers()).onThreadStart(started::add);
        try (var running = Running.of(builder)) {
            exercise(running.handle());
            assertIdle(running.handle(), started.threads());
        }
    }

    /** An interrupt left by a task must not make every later park return at once. */
    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "CURRENT_THREAD")
    void workerThatATaskInterruptedStillSleeps(Setup setup) throws Exception {
        for (boolean drivers : new boolean[] {true, false}) {
            var started = ConcurrentThreads.empty();
            var builder = drivers ? setup.builder() : new BuilderImpl();
            builder.workerThreads(setup.workers()).onThreadStart(started::add);
            try (var running = Running.of(builder)) {
                for (int i = 0; i < 8; i++) {
                    ContractTest.resultOf(running.handle().spawn(Future.lazy(() -> {
                        Thread.currentThread().interrupt();
                        return null;
                    })));
                }
                assertIdle(running.handle(), started.threads());
            }
        }
    }

    @Test
    void idleBlockOnUsesNoProcessor() throws Exception {
        var threads = ConcurrentThreads.empty();
        try (var running = Setup.CURRENT_THREAD.start()) {
            ContractTest.resultOf(running.handle().spawn(Future.lazy(() -> {
                threads.add();
                return null;
            })));
            exercise(running.handle());
            assertIdle(running.handle(), threads.threads());
        }
    }

    private static void exercise(Handle handle) throws Exception {
        var tasks = new ArrayList<JoinHandle<Integer>>();
        for (int i = 0; i < 1_000; i++) {
            tasks.add(handle.spawn(() -> 1));
            tasks.add(handle.spawn(Future.ready(1)));
        }
        for (var task : tasks) {
            ContractTest.resultOf(task);
        }
    }

    private static void assertIdle(Handle handle, Iterable<Thread> threads) throws Exception {
        var metrics = handle.metrics();
        if (metrics.numWorkers() > 0) {
            Eventually.until("all workers sleep", () -> {
                for (int i = 0; i < metrics.numWorkers(); i++) {
                    if (metrics.workerParkUnparkCount(i) % 2 == 0) {
                        return false;
                    }
                }
                return true;
            });
        }
        var bean = ManagementFactory.getThreadMXBean();
        var used = new ArrayList<Long>();
        for (var thread : threads) {
            used.add(-bean.getThreadCpuTime(thread.threadId()));
        }
        Eventually.within(Duration.ofMillis(500), () -> false); // the time over which is measured
        int i = 0;
        for (var thread : threads) {
            used.set(i, used.get(i) + bean.getThreadCpuTime(thread.threadId()));
            long usedNanos = used.get(i);
            assertTrue(usedNanos < Duration.ofMillis(20).toNanos(),
                    () -> thread + " used " + Duration.ofNanos(usedNanos) + " in half a second without work");
            i++;
        }
        assertTrue(i > 0, "no thread was measured");
    }

    /** Of two tasks on one worker that were woken in a row, the last one runs first; without the slot, the first. */
    @Test
    void lifoSlotCanBeDisabled() throws Exception {
        assertEquals(List.of(3, 1, 2), orderOfThree(true));
        assertEquals(List.of(1, 2, 3), orderOfThree(false));
    }

    private static List<Integer> orderOfThree(boolean lifo) throws Exception {
        var builder = Setup.ONE_WORKER.builder();
        if (!lifo) {
            builder.disableLifoSlot();
        }
        try (var running = Running.of(builder)) {
            var order = Collections.synchronizedList(new ArrayList<Integer>());
            ContractTest.resultOf(running.handle().spawn(Future.lazy(() -> {
                for (int i = 1; i <= 3; i++) {
                    int own = i;
                    Handle.current().spawn(Future.lazy(() -> order.add(own)));
                }
                return null;
            })));
            Eventually.until(order::toString, () -> order.size() == 3);
            return List.copyOf(order);
        }
    }

    /** Work that arrives while the last worker is about to sleep is seen: each round is one chance to miss it. */
    @ParameterizedTest
    @EnumSource(Setup.class)
    void noWakeUpIsLostOnTheWayToSleep(Setup setup) throws Exception {
        try (var running = setup.start()) {
            var handle = running.handle();
            for (int i = 0; i < 20_000; i++) {
                var ran = new AtomicBoolean();
                handle.spawn(Future.lazy(() -> ran.getAndSet(true)));
                for (int spins = 0; !ran.get(); spins++) {
                    if (spins > 1_000) {
                        int round = i;
                        Eventually.until(() -> "the task of round " + round, ran::get);
                    }
                    Thread.onSpinWait();
                }
            }
        }
    }

    /** The same between two workers, which wake each other through a pair of futures. */
    @ParameterizedTest
    @EnumSource(Setup.class)
    void pingPongBetweenTasksGoesOn(Setup setup) throws Exception {
        try (var running = setup.start()) {
            var rounds = new AtomicInteger();
            var handle = running.handle();
            var pingPong = handle.spawn(() -> {
                for (int i = 0; i < 3_000; i++) {
                    var gate = new Gate<Integer>();
                    var peer = handle.spawn(Future.lazy(() -> {
                        gate.open(1);
                        return null;
                    }));
                    gate.await();
                    peer.await();
                    rounds.incrementAndGet();
                }
            });
            Eventually.until(() -> "round " + rounds, pingPong::isFinished);
            ContractTest.resultOf(pingPong);
        }
    }
}
