package dev.edo.impl.contract;

import static dev.edo.impl.contract.Dumps.PATIENT;
import static dev.edo.impl.contract.Dumps.SHORT;
import static dev.edo.impl.contract.Dumps.assertContains;
import static dev.edo.impl.contract.Dumps.blocksItsThread;
import static dev.edo.impl.contract.Dumps.dump;
import static dev.edo.impl.contract.Dumps.only;
import static dev.edo.impl.contract.Dumps.trace;
import static dev.edo.impl.contract.Dumps.waitsFor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.Edo;
import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.runtime.DumpedTask.State;
import dev.edo.runtime.DumpedThread;
import dev.edo.sync.Notify;
import dev.edo.sync.Semaphore;
import dev.edo.task.TaskId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A dump of a runtime that is stuck comes in time, and says what keeps which thread. */
class StuckDumpTest {
    /** A stackless task blocks its worker: that is what a dump is for. It ends in time and names the culprit. */
    @ParameterizedTest
    @MethodSource("dev.edo.impl.contract.Dumps#matrix")
    void aRuntimeThatIsStuckIsDumpedInTime(Setup setup, Style style) throws Exception {
        try (var running = setup.start()) {
            var held = new CountDownLatch(1);
            var entered = new CountDownLatch(setup.workers());
            var culprits = new ArrayList<TaskId>();
            for (int i = 0; i < setup.workers(); i++) {
                culprits.add(running.handle().spawn(Future.lazy(() -> {
                    entered.countDown();
                    blocksItsThread(held);
                    return 1;
                })).id());
            }
            Eventually.opened("all workers are blocked", entered);
            var victim = style.spawn(running.handle(), () -> Future.ready(2)); // has never a turn
            var dump = dump(running, SHORT);
            for (var id : culprits) {
                var culprit = only(dump, id);
                assertEquals(State.RUNNING, culprit.state());
                assertContains("blocksItsThread", trace(culprit));
                assertContains("CountDownLatch.await", trace(culprit));
                assertFalse(trace(culprit).contains("dev.edo.impl.scheduler"), () -> trace(culprit));
                var thread = dump.threads().stream().filter(t -> id.equals(t.task())).findFirst().orElseThrow();
                assertEquals(thread.name(), culprit.thread());
                assertFalse(thread.idle());
                assertContains("runs task " + id, thread.toString());
            }
            assertEquals(1, dump.unseenTasks(), dump::toString);
            assertContains("before their first turn: 1", dump.toString());
            held.countDown();
            assertEquals(2, ContractTest.resultOf(victim));
        }
    }

    /** Those that wait, or are runnable, behind one that is stuck: their states are known, and no more. */
    @ParameterizedTest
    @EnumSource(value = Setup.class, names = {"CURRENT_THREAD", "ONE_WORKER"})
    void tasksBehindOneThatIsStuckAreToldWithTheirStates(Setup setup) throws Exception {
        try (var running = setup.start()) {
            var notify = new Notify();
            var semaphore = new Semaphore(0);
            var woken = running.handle().spawn(notify.notified());
            var waits = running.handle().spawn(semaphore.acquire());
            var direct = running.handle().spawn(() -> waitsFor(semaphore));
            Eventually.until("they wait", () -> dump(running, PATIENT).tasks().stream()
                    .filter(task -> task.state() == State.WAITING).count() == 3);
            var held = new CountDownLatch(1);
            var entered = new CountDownLatch(1);
            var culprit = running.handle().spawn(Future.lazy(() -> {
                notify.notifyOne();
                entered.countDown();
                held.await();
                return 1;
            }));
            Eventually.opened("the worker is blocked", entered);
            var dump = dump(running, SHORT);
            assertEquals(State.RUNNABLE, only(dump, woken.id()).state());
            assertNull(only(dump, woken.id()).trace());
            assertContains("not traced", only(dump, woken.id()).toString());
            assertEquals(State.WAITING, only(dump, waits.id()).state());
            assertNull(only(dump, waits.id()).trace());
            assertEquals(State.WAITING, only(dump, direct.id()).state());
            assertContains("waitsFor", trace(only(dump, direct.id())));
            held.countDown();
            ContractTest.resultOf(woken);
            assertEquals(1, ContractTest.resultOf(culprit));
            var later = only(dump(running, PATIENT), waits.id());
            assertContains("Acquire", trace(later)); // what it was asked for in vain does no harm
            semaphore.addPermits(2);
            ContractTest.resultOf(waits).close();
            ContractTest.resultOf(direct);
        }
    }

    /** What keeps the runtime from being closed is in a dump as well. */
    @ParameterizedTest
    @EnumSource(Setup.class)
    void aTaskThatBlocksTheEndOfItsRuntimeIsToldWithItsThread(Setup setup) throws Exception {
        var running = setup.start();
        var stubborn = new Stubborn();
        var task = running.handle().spawn(stubborn);
        Eventually.until("it waits", () -> only(dump(running, PATIENT), task.id()).state() == State.WAITING);
        var closing = Thread.ofPlatform().daemon().start(running::close);
        Eventually.opened("it is cancelled", stubborn.entered);
        var dump = dump(running, SHORT);
        stubborn.held.countDown();
        assertTrue(closing.join(PATIENT));
        var told = only(dump, task.id());
        assertEquals(State.RUNNING, told.state(), dump::toString);
        assertNotNull(told.thread());
        assertContains("blocksItsThread", trace(told));
    }

    /** Waits for ever, and then does not end. */
    private static final class Stubborn implements Future<Integer> {
        private final CountDownLatch entered = new CountDownLatch(1);
        private final CountDownLatch held = new CountDownLatch(1);

        @Override
        public Poll<Integer> poll(Context cx) {
            cx.waker();
            return Poll.pending();
        }

        @Override
        public void cancel() {
            entered.countDown();
            try {
                blocksItsThread(held);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** A task in direct style that computes, or blocks in native code, keeps its carrier. */
    @ParameterizedTest
    @EnumSource(Setup.class)
    void aTaskInDirectStyleThatRunsIsToldWithItsThread(Setup setup) throws Exception {
        try (var running = setup.start()) {
            var spinning = new CountDownLatch(1);
            var end = new AtomicInteger();
            var task = running.handle().spawn(() -> spinsUntil(spinning, end));
            Eventually.opened("it runs", spinning);
            var dump = dump(running, SHORT);
            var told = only(dump, task.id());
            assertEquals(State.RUNNING, told.state(), dump::toString);
            assertNotNull(told.thread());
            assertContains("spinsUntil", trace(told));
            end.set(1);
            ContractTest.resultOf(task);
        }
    }

    private static void spinsUntil(CountDownLatch spinning, AtomicInteger end) {
        while (end.get() == 0) {
            spinning.countDown();
            Thread.onSpinWait();
        }
    }

    /** A current-thread runtime that nobody drives traces nothing, and says so in time. */
    @ParameterizedTest
    @EnumSource(Style.class)
    void aRuntimeThatNobodyDrivesIsDumpedInTime(Style style) throws Exception {
        try (var runtime = Setup.CURRENT_THREAD.builder().build()) {
            var semaphore = new Semaphore(0);
            var task = style.spawn(runtime, () -> semaphore.acquire());
            runtime.blockOn(Edo.yieldNow());
            runtime.blockOn(Edo.yieldNow());
            var told = only(Eventually.returns("a dump", () -> runtime.dump(SHORT).await()), task.id());
            assertEquals(State.WAITING, told.state());
            assertEquals(style == Style.DIRECT, told.trace() != null, told::toString);
        }
    }

    @Test
    void aLocalRuntimeIsDumped() throws Exception {
        var dump = Eventually.returns("the dump", () -> {
            try (var runtime = Setup.CURRENT_THREAD.builder().buildLocal()) {
                return runtime.blockOn(() -> {
                    var semaphore = new Semaphore(0);
                    var stackless = runtime.spawnLocal(semaphore.acquire());
                    var direct = runtime.spawnLocal(() -> semaphore.acquire().await());
                    var taken = runtime.handle().dump(PATIENT).await();
                    assertContains("Acquire", trace(only(taken, stackless.id())));
                    assertContains("aLocalRuntimeIsDumped", trace(only(taken, direct.id())));
                    return taken;
                });
            }
        });
        assertEquals(2, dump.tasks().size());
    }

    // --- threads

    @Test
    void blockingJobsAndIdleWorkersAreTold() throws Exception {
        try (var running = Running.of(Setup.TWO_WORKERS.builder().name("payments"))) {
            var held = new CountDownLatch(1);
            var entered = new CountDownLatch(1);
            var job = running.handle().spawnBlocking(() -> {
                entered.countDown();
                blocksItsThread(held);
                return 1;
            });
            Eventually.opened("the job runs", entered);
            Eventually.until("both workers sleep", () -> dump(running, PATIENT).threads().stream()
                    .filter(DumpedThread::idle).count() == 2);
            var dump = dump(running, PATIENT);
            var blocking = dump.threads().stream().filter(t -> t.role().startsWith("blocking task")).toList();
            assertEquals(1, blocking.size(), dump::toString);
            assertContains("blocksItsThread", blocking.getFirst().toString());
            assertEquals(List.of(), dump.tasks(), "a job is no task");
            assertEquals("payments", dump.name());
            assertEquals(running.handle().id(), dump.runtime());
            assertTrue(dump.toString().startsWith("runtime " + dump.runtime() + " \"payments\": 0 tasks, 0 running, "),
                    dump::toString);
            held.countDown();
            assertEquals(1, ContractTest.resultOf(job));
        }
    }

    /** The thread inside blockOn may be that of a job of another runtime, which is nothing that this one runs. */
    @Test
    void aThreadThatSleepsInsideAJobOfAnotherRuntimeIsIdle() throws Exception {
        try (var outer = Setup.ONE_WORKER.start(); var inner = Setup.CURRENT_THREAD.builder().build()) {
            var notify = new Notify();
            var job = outer.handle().spawnBlocking(() -> {
                inner.blockOn(notify.notified());
                return 1;
            });
            Eventually.until("it sleeps", () -> {
                var threads = Eventually.returns("a dump", () -> inner.dump(SHORT).await()).threads();
                return threads.size() == 1 && threads.getFirst().idle();
            });
            notify.notifyOne();
            assertEquals(1, ContractTest.resultOf(job));
        }
    }

    /** Nor is a task of another runtime that blocks in place: it is not in the dump, so that the stack must be told. */
    @Test
    void aThreadIsNotToldToRunATaskThatIsNotTheRuntimes() throws Exception {
        try (var outer = Setup.ONE_WORKER.start(); var inner = Setup.CURRENT_THREAD.builder().build()) {
            var held = new CountDownLatch(1);
            var entered = new CountDownLatch(1);
            var task = outer.handle().spawn(Future.<Integer>lazy(() -> Edo.blockInPlace(() -> inner.blockOn(
                    Future.lazy(() -> {
                        entered.countDown();
                        blocksItsThread(held);
                        return 1;
                    })))));
            Eventually.opened("it blocks", entered);
            var thread = Eventually.returns("a dump", () -> inner.dump(SHORT).await()).threads().getFirst();
            held.countDown();
            assertEquals(1, ContractTest.resultOf(task));
            assertNull(thread.task());
            assertContains("blocksItsThread", thread.toString());
        }
    }

    /** What blocks a worker need not be a task: a hook of the application, on its way to sleep, never gets there. */
    @ParameterizedTest
    @EnumSource(Setup.class)
    void aHookThatBlocksAThreadIsNoSleep(Setup setup) throws Exception {
        var held = new CountDownLatch(1);
        var inHook = new CountDownLatch(setup.workers());
        try (var running = Running.of(setup.builder().onThreadPark(() -> {
            inHook.countDown();
            try {
                blocksItsThread(held);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }))) {
            Eventually.opened("no thread has anything to do", inHook);
            var threads = dump(running, SHORT).threads();
            assertEquals(setup.workers(), threads.size());
            for (var thread : threads) {
                assertFalse(thread.idle(), thread::toString);
                assertContains("blocksItsThread", thread.toString());
            }
            held.countDown();
            Eventually.until("they sleep", () -> dump(running, SHORT).threads().stream().allMatch(DumpedThread::idle));
        }
    }

    /** A stackless task that blocks in place has a thread, and the worker goes on with another one. */
    @Test
    void aTaskThatBlocksInPlaceIsToldWithItsThread() throws Exception {
        try (var running = Setup.ONE_WORKER.start()) {
            var held = new CountDownLatch(1);
            var entered = new CountDownLatch(1);
            var task = running.handle().spawn(Future.<Integer>lazy(() -> Edo.blockInPlace(() -> {
                entered.countDown();
                blocksItsThread(held);
                return 1;
            })));
            Eventually.opened("it blocks", entered);
            var told = only(dump(running, SHORT), task.id());
            assertEquals(State.RUNNING, told.state());
            assertContains("blocksItsThread", trace(told));
            held.countDown();
            assertEquals(1, ContractTest.resultOf(task));
        }
    }
}
