package dev.edo.impl.contract;

import static dev.edo.impl.contract.Dumps.PATIENT;
import static dev.edo.impl.contract.Dumps.assertContains;
import static dev.edo.impl.contract.Dumps.dump;
import static dev.edo.impl.contract.Dumps.only;
import static dev.edo.impl.contract.Dumps.trace;
import static dev.edo.impl.contract.Dumps.waitsFor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.Edo;
import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Join;
import dev.edo.future.Poll;
import dev.edo.impl.runtime.RuntimeConfig;
import dev.edo.runtime.DumpedTask.State;
import dev.edo.runtime.DumpedTask;
import dev.edo.sync.Notify;
import dev.edo.sync.Oneshot;
import dev.edo.sync.Semaphore;
import dev.edo.task.Coop;
import dev.edo.task.JoinError;
import dev.edo.task.TaskId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A dump tells of every task what it does and where it waits, and takes nothing from it. */
class DumpTest {
    @ParameterizedTest
    @MethodSource("dev.edo.impl.contract.Dumps#matrix")
    void aTaskThatWaitsIsToldWithItsPlace(Setup setup, Style style) throws Exception {
        try (var running = setup.start()) {
            var semaphore = new Semaphore(0);
            var started = new CountDownLatch(1);
            var task = style.spawn(running.handle(), () -> {
                started.countDown();
                return semaphore.acquire();
            });
            Eventually.opened("the task runs", started);
            Eventually.until("it waits", () -> only(dump(running, PATIENT), task.id()).state() == State.WAITING);
            var told = only(dump(running, PATIENT), task.id());
            assertEquals(style == Style.DIRECT, told.isDirectStyle());
            assertNull(told.thread());
            assertContains(style == Style.DIRECT ? "AcquireFuture.await" : "AcquireFuture.poll", trace(told));
            semaphore.addPermits(1);
            ContractTest.resultOf(task).close();
            assertEquals(List.of(), dump(running, PATIENT).tasks(), "it has ended");
        }
    }

    /** The stack of a task in direct style begins where the program waits and ends where it begins. */
    @ParameterizedTest
    @EnumSource(Setup.class)
    void theStackOfATaskInDirectStyleIsThatOfTheProgram(Setup setup) throws Exception {
        try (var running = setup.start()) {
            var semaphore = new Semaphore(0);
            var task = running.handle().task().name("reader").spawn(() -> waitsFor(semaphore));
            Eventually.until("it waits", () -> only(dump(running, PATIENT), task.id()).state() == State.WAITING);
            var told = only(dump(running, PATIENT), task.id());
            assertEquals("reader", told.name());
            var stack = Objects.requireNonNull(told.trace()).backtraces().getFirst();
            assertEquals("waitsFor", stack.get(1).getMethodName(), stack::toString);
            assertTrue(stack.stream().noneMatch(frame -> frame.getClassName().startsWith("dev.edo.impl.task")),
                    stack::toString);
            assertContains("task " + task.id() + " \"reader\" in direct style, waiting\n    at ", told.toString());
        }
    }

    /** A future that waits in two places is told with both of them. */
    @ParameterizedTest
    @EnumSource(Setup.class)
    void eachLeafOfAStacklessTaskIsAPlace(Setup setup) throws Exception {
        try (var running = setup.start()) {
            var semaphore = new Semaphore(0);
            var notify = new Notify();
            var task = running.handle().spawn(Future.of(new TwoPlaces(semaphore.acquire(), notify.notified())));
            Eventually.until("it waits", () -> only(dump(running, PATIENT), task.id()).state() == State.WAITING);
            var told = only(dump(running, PATIENT), task.id());
            var trace = Objects.requireNonNull(told.trace());
            assertEquals(2, trace.backtraces().size(), trace::toString);
            for (var stack : trace.backtraces()) {
                assertTrue(stack.stream().anyMatch(frame -> frame.getClassName().equals(TwoPlaces.class.getName())));
            }
            var tree = "dev.edo.future.OnceFuture.poll(*)\n"
                    + "├ TwoPlaces.poll(*)\n"
                    + "│ TwoPlaces.pollFirst(*)\n"
                    + "│ dev.edo.sync.AcquireFuture.poll(*)\n"
                    + "│ dev.edo.sync.Acquire.pollAcquire(*)\n"
                    + "└ TwoPlaces.poll(*)\n"
                    + "  TwoPlaces.pollSecond(*)\n"
                    + "  dev.edo.sync.Notified.poll(*)";
            assertEquals(tree, trace.toString().replaceAll("\\(.*\\)", "(*)")
                    .replace(TwoPlaces.class.getName(), "TwoPlaces"));
        }
    }

    /** Polls two futures and waits for both. */
    private record TwoPlaces(Future<?> first, Future<?> second) implements Future<Integer> {
        @Override
        public Poll<Integer> poll(Context cx) throws Exception {
            boolean one = pollFirst(cx);
            boolean other = pollSecond(cx);
            return one && other ? Poll.ready(2) : Poll.pending();
        }

        private boolean pollFirst(Context cx) throws Exception {
            return first.poll(cx).isReady();
        }

        private boolean pollSecond(Context cx) throws Exception {
            return second.poll(cx).isReady();
        }
    }

    /** What all stackless tasks are made of: nothing is lost by a dump, and everything goes on afterwards. */
    @ParameterizedTest
    @EnumSource(Setup.class)
    void aDumpTakesNothingFromTheFuturesOfATask(Setup setup) throws Exception {
        try (var running = setup.start()) {
            var semaphore = new Semaphore(0);
            var channel = Oneshot.<String>channel();
            var gate = new Gate<String>();
            var unconstrained = new Semaphore(0);
            Future<String> received = channel.receiver().recv();
            var task = running.handle().spawn(Future.<Future<?>>lazy(() -> Join.of(
                            semaphore.acquire().timeout(Duration.ofDays(1)),
                            Edo.select(received, Edo.sleep(Duration.ofDays(1))),
                            gate,
                            Coop.unconstrained(unconstrained.acquire())))
                    .then(join -> join));
            Eventually.until("it waits", () -> only(dump(running, PATIENT), task.id()).state() == State.WAITING);
            var trace = Objects.requireNonNull(only(dump(running, PATIENT), task.id()).trace());
            assertContains("dev.edo.time.Timeout.poll", trace.toString());
            assertContains(Gate.class.getName() + ".poll", trace.toString());
            assertContains("dev.edo.task.UnconstrainedFuture.poll", trace.toString());
            assertContains("Select", trace.toString());
            assertEquals(6, trace.backtraces().size(), trace::toString);
            semaphore.addPermits(1);
            channel.sender().send("it");
            gate.open("goes on");
            unconstrained.addPermits(1);
            var unused = ContractTest.resultOf(task);
        }
    }

    // --- Tokio's dump.rs

    /** Tasks that only yield never wait, so that no list has them before there is a dump. */
    @ParameterizedTest
    @EnumSource(Setup.class)
    void tasksThatOnlyYieldAreFound(Setup setup) throws Exception {
        try (var running = setup.start()) {
            var tasks = new ArrayList<TaskId>();
            for (int i = 0; i < 3; i++) {
                tasks.add(running.handle().spawn(Future.of(new Yielding())).id());
            }
            Eventually.until("all of them answer in time", () -> {
                var dump = dump(running, PATIENT);
                if (dump.unseenTasks() > 0) {
                    return false;
                }
                assertEquals(tasks, dump.tasks().stream().map(DumpedTask::id).toList(), dump::toString);
                for (var task : dump.tasks()) {
                    assertContains(Yielding.class.getName() + ".pollAgain", trace(task));
                    assertContains("YieldNow.poll", trace(task));
                    assertFalse(task.state() == State.WAITING, task::toString);
                }
                return true;
            });
        }
    }

    private static final class Yielding implements Future<@Nullable Void> {
        private Future<@Nullable Void> turn = Edo.yieldNow();

        @Override
        public Poll<@Nullable Void> poll(Context cx) throws Exception {
            while (pollAgain(cx).isReady()) {
                turn = Edo.yieldNow();
            }
            return Poll.pending();
        }

        private Poll<@Nullable Void> pollAgain(Context cx) throws Exception {
            return turn.poll(cx);
        }
    }

    /** From inside the runtime: the future of blockOn, or a task, waits for the dump of its own runtime. */
    @ParameterizedTest
    @MethodSource("dev.edo.impl.contract.Dumps#matrix")
    void aTaskMayAskForADumpOfItsOwnRuntime(Setup setup, Style style) throws Exception {
        try (var running = setup.start()) {
            var semaphore = new Semaphore(0);
            var other = running.handle().spawn(semaphore.acquire().map(permit -> {
                permit.close();
                return 1;
            }));
            var asks = style.spawn(running.handle(), () -> running.handle().dump(PATIENT));
            var dump = ContractTest.resultOf(asks);
            assertNotNull(only(dump, other.id()));
            assertNotNull(only(dump, asks.id()));
            if (style == Style.STACKLESS) {
                assertContains("StageFuture.poll", trace(only(dump, asks.id())));
            }
            semaphore.addPermits(1);
            assertEquals(1, ContractTest.resultOf(other));
        }
    }

    @Test
    void blockOnOfACurrentThreadRuntimeWaitsForADumpOfIt() throws Exception {
        var dump = Eventually.returns("the dump", () -> {
            try (var runtime = Setup.CURRENT_THREAD.builder().startPaused(true).build()) {
                return runtime.blockOn(() -> {
                    var unused = Edo.spawn(Edo.sleep(Duration.ofDays(1)));
                    var sleep = Edo.sleep(Duration.ofDays(1));
                    var taken = runtime.dump(PATIENT).await();
                    assertFalse(sleep.isElapsed(), "a paused clock stands still while somebody waits for a dump");
                    return taken;
                });
            }
        });
        assertEquals(1, dump.tasks().size(), dump::toString);
        assertContains("Sleep", trace(dump.tasks().getFirst()));
    }

    /**
     * The race: a task completes in the very poll that traces it. It has no place then, leaves the dump, and the dump
     * does not wait for it.
     */
    @ParameterizedTest
    @EnumSource(Setup.class)
    void aTaskMayCompleteWhileItIsTraced(Setup setup) throws Exception {
        try (var running = setup.start()) {
            var task = running.handle().spawn(Future.of(cx -> {
                if (cx.isTracing()) {
                    return Poll.ready("traced");
                }
                cx.waker().wake();
                return Poll.pending();
            }));
            Eventually.until("it was traced", () -> {
                long startNanos = System.nanoTime();
                var unused = dump(running, PATIENT);
                assertTrue(System.nanoTime() - startNanos < PATIENT.toNanos(), "it waits for one that has ended");
                return task.isFinished();
            });
            assertEquals("traced", ContractTest.resultOf(task));
        }
    }

    @ParameterizedTest
    @EnumSource(Setup.class)
    void aTaskThatThrowsWhileItIsTracedHasPanicked(Setup setup) throws Exception {
        try (var running = setup.start()) {
            var task = running.handle().spawn(Future.of(cx -> {
                if (cx.isTracing()) {
                    throw new IllegalStateException("traced");
                }
                cx.waker();
                return Poll.pending();
            }));
            Eventually.until("it was traced", () -> {
                var unused = dump(running, PATIENT);
                return task.isFinished();
            });
            var failure = assertThrows(JoinError.class, () -> ContractTest.resultOf(task));
            assertInstanceOf(IllegalStateException.class, failure.getCause());
        }
    }

    // --- what a dump costs

    /** Hooks and counts see one poll more per dump, not two. */
    @ParameterizedTest
    @EnumSource(Setup.class)
    void aTraceIsPartOfOnePoll(Setup setup) throws Exception {
        var before = new AtomicInteger();
        var after = new AtomicInteger();
        var builder = setup.builder()
                .onBeforeTaskPoll(task -> before.incrementAndGet())
                .onAfterTaskPoll(task -> after.incrementAndGet());
        try (var running = Running.of(builder)) {
            var gate = new Gate<Integer>();
            var task = running.handle().spawn(gate);
            Eventually.until("it waits", () -> after.get() == 1);
            int pollsBefore = gate.polls();
            assertContains("Gate.poll", trace(only(dump(running, PATIENT), task.id())));
            Eventually.until("its turn is over", () -> after.get() == 2);
            assertEquals(2, before.get());
            assertEquals(pollsBefore + 2, gate.polls(), "one to trace, and one in earnest");
            gate.open(1);
            assertEquals(1, ContractTest.resultOf(task));
        }
    }

    /** What a leaf is told while it is traced costs nothing, be it that the budget is nearly used up. */
    @ParameterizedTest
    @EnumSource(Setup.class)
    void aTraceUsesNoBudget(Setup setup) throws Exception {
        try (var running = setup.start()) {
            var semaphore = new Semaphore(0);
            Future<?> acquire = semaphore.acquire();
            var left = new AtomicInteger(-1);
            var traced = new boolean[1];
            var task = running.handle().spawn(Future.of(cx -> {
                var poll = acquire.poll(cx);
                if (cx.isTracing()) {
                    traced[0] = true;
                } else if (traced[0]) {
                    int budget = 0;
                    for (; cx.pollProceed(); cx.madeProgress()) {
                        budget++;
                    }
                    left.compareAndSet(-1, budget);
                    return Poll.ready(1);
                }
                return poll.isReady() ? Poll.ready(2) : Poll.pending();
            }));
            Eventually.until("it was traced and polled", () -> {
                var unused = dump(running, PATIENT);
                return task.isFinished();
            });
            assertEquals(1, ContractTest.resultOf(task));
            assertEquals(RuntimeConfig.TASK_BUDGET, left.get());
        }
    }

    /** Else the stacks of very many tasks would take the memory that their polls need. */
    @ParameterizedTest
    @MethodSource("dev.edo.impl.contract.Dumps#matrix")
    void tasksThatWaitInTheSamePlaceShareItsStack(Setup setup, Style style) throws Exception {
        try (var running = setup.start()) {
            var semaphore = new Semaphore(0);
            int count = 20;
            for (int i = 0; i < count; i++) {
                var unused = style.spawn(running.handle(), () -> semaphore.acquire());
            }
            Eventually.until("they wait", () -> dump(running, PATIENT).tasks().stream()
                    .filter(task -> task.state() == State.WAITING).count() == count);
            var tasks = dump(running, PATIENT).tasks();
            for (var task : tasks) {
                assertContains("AcquireFuture", trace(task));
                assertSame(tasks.getFirst().trace(), task.trace());
            }
        }
    }

    @Test
    void aDumpOfARuntimeThatWasClosedIsEmpty() throws Exception {
        var running = Setup.TWO_WORKERS.start();
        var handle = running.handle();
        var unused = handle.spawn(Future.<Integer>pending());
        running.close();
        var dump = Eventually.returns("a dump", () -> handle.dump(PATIENT).await());
        assertEquals(List.of(), dump.tasks());
        assertEquals(List.of(), dump.threads());
        assertEquals(0, dump.unseenTasks());
    }

    @Test
    void aNegativeLimitIsRefused() throws Exception {
        try (var running = Setup.ONE_WORKER.start()) {
            var failure = assertThrows(IllegalArgumentException.class,
                    () -> running.handle().dump(Duration.ofMillis(-1)));
            assertContains("PT-0.001S", Objects.requireNonNull(failure.getMessage()));
        }
    }
}
