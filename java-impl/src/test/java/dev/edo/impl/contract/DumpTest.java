package dev.edo.impl.contract;

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
import dev.edo.runtime.Dump;
import dev.edo.runtime.DumpedTask;
import dev.edo.runtime.DumpedTask.State;
import dev.edo.runtime.DumpedThread;
import dev.edo.sync.Notify;
import dev.edo.sync.Oneshot;
import dev.edo.sync.Semaphore;
import dev.edo.sync.SemaphorePermit;
import dev.edo.task.Coop;
import dev.edo.task.JoinError;
import dev.edo.task.JoinHandle;
import dev.edo.task.TaskId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A dump tells of every task what it does and where it waits, whatever the runtime is doing. */
class DumpTest {
    /** Far beyond what a loaded machine needs; reached only by tests that fail. */
    private static final Duration PATIENT = Eventually.PATIENCE.dividedBy(2);

    /** For runtimes that are stuck, so that it is over before anything comes. */
    private static final Duration SHORT = Duration.ofMillis(50);

    static Stream<Arguments> matrix() {
        return Arrays.stream(Setup.values()).flatMap(setup -> Arrays.stream(Style.values())
                .map(style -> Arguments.of(setup, style)));
    }

    /** By a thread that is none of the runtime's. */
    private static Dump dump(Running running, Duration limit) throws Exception {
        return Eventually.returns("a dump", () -> running.handle().dump(limit).await());
    }

    private static DumpedTask only(Dump dump, TaskId id) {
        var tasks = dump.tasks().stream().filter(task -> task.id().equals(id)).toList();
        assertEquals(1, tasks.size(), dump::toString);
        return tasks.getFirst();
    }

    private static String trace(DumpedTask task) {
        return Objects.requireNonNull(task.trace(), task::toString).toString();
    }

    private static void assertContains(String part, String text) {
        assertTrue(text.contains(part), () -> "no " + part + " in:\n" + text);
    }

    // --- where tasks wait

    @ParameterizedTest
    @MethodSource("matrix")
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

    private static void waitsFor(Semaphore semaphore) throws Exception {
        semaphore.acquire().await().close();
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
    @MethodSource("matrix")
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

    /**
     * The race of Tokio's issue 6051: wake-ups from the drivers and from other threads come while dumps are taken, one
     * after the other. None is lost: each round trip ends.
     */
    @ParameterizedTest
    @MethodSource("matrix")
    void wakeUpsAreNotLostWhileDumpsAreTaken(Setup setup, Style style) throws Exception {
        try (var running = setup.start()) {
            var there = new Semaphore(0);
            var back = new Semaphore(0);
            int rounds = 500;
            var echo = style.spawn(running.handle(), () -> Future.of(new Rounds(there, back, rounds)));
            var timer = style.spawn(running.handle(), () -> Future.of(new Ticks(100)));
            var dumps = new AtomicInteger();
            var dumping = Thread.ofPlatform().daemon().start(() -> {
                try {
                    do { // the rounds may be over before this thread begins
                        for (var task : running.handle().dump(PATIENT).await().tasks()) {
                            assertNotNull(task.trace(), task::toString);
                        }
                        dumps.incrementAndGet();
                    } while (!echo.isFinished() || !timer.isFinished());
                } catch (Throwable t) {
                    dumps.set(Integer.MIN_VALUE);
                }
            });
            Eventually.returns("all rounds", () -> {
                for (int i = 0; i < rounds; i++) {
                    there.addPermits(1);
                    back.acquire().await().forget();
                }
                return null;
            });
            ContractTest.resultOf(echo);
            ContractTest.resultOf(timer);
            assertTrue(dumping.join(Eventually.PATIENCE));
            assertTrue(dumps.get() > 0, "dumps: " + dumps);
        }
    }

    /** Takes a permit and gives another one, so many times. */
    private static final class Rounds implements Future<Integer> {
        private final Semaphore there;
        private final Semaphore back;
        private final int rounds;
        private int done;
        private @Nullable Future<SemaphorePermit> next;

        private Rounds(Semaphore there, Semaphore back, int rounds) {
            this.there = there;
            this.back = back;
            this.rounds = rounds;
        }

        @Override
        public Poll<Integer> poll(Context cx) throws Exception {
            while (done < rounds) {
                var waiting = next;
                if (waiting == null) {
                    waiting = there.acquire();
                    next = waiting;
                }
                if (!(waiting.poll(cx) instanceof Poll.Ready(var permit))) {
                    return Poll.pending();
                }
                permit.forget();
                next = null;
                done++;
                back.addPermits(1);
            }
            return Poll.ready(done);
        }
    }

    /** Sleeps for next to nothing, so many times. */
    private static final class Ticks implements Future<Integer> {
        private int left;
        private @Nullable Future<@Nullable Void> sleep;

        private Ticks(int ticks) {
            left = ticks;
        }

        @Override
        public Poll<Integer> poll(Context cx) throws Exception {
            while (left > 0) {
                var waiting = sleep;
                if (waiting == null) {
                    waiting = Edo.sleep(Duration.ofNanos(1));
                    sleep = waiting;
                }
                if (!waiting.poll(cx).isReady()) {
                    return Poll.pending();
                }
                sleep = null;
                left--;
            }
            return Poll.ready(0);
        }
    }

    /** Two dumps ask the same tasks, which have one turn for both, or one for each: both get all traces. */
    @ParameterizedTest
    @EnumSource(Setup.class)
    void dumpsAtTheSameTimeDoNotDisturbEachOther(Setup setup) throws Exception {
        try (var running = setup.start()) {
            var semaphore = new Semaphore(0);
            int count = 50;
            for (int i = 0; i < count; i++) {
                var unused = running.handle().spawn(semaphore.acquire());
            }
            Eventually.until("all are there", () -> dump(running, PATIENT).tasks().size() == count);
            var dumps = Eventually.returns("dumps", () -> {
                var taken = new ArrayList<Dump>();
                for (int i = 0; i < 10; i++) {
                    var three = running.handle().blockOn(Join.all(List.of(running.handle().dump(PATIENT),
                            running.handle().dump(PATIENT), running.handle().dump(PATIENT))));
                    taken.addAll(three);
                }
                return taken;
            });
            assertEquals(30, dumps.size());
            for (var dump : dumps) {
                assertEquals(count, dump.tasks().size());
                assertTrue(dump.tasks().stream().allMatch(task -> trace(task).contains("AcquireFuture.poll")));
            }
        }
    }

    /**
     * The race: the runtime is closed while a dump asks tasks, which schedules them. Each task ends, and so does each
     * dump, long before its limit.
     */
    @ParameterizedTest
    @MethodSource("matrix")
    void aRuntimeMayBeClosedWhileADumpIsTaken(Setup setup, Style style) throws Exception {
        for (int round = 0; round < 10; round++) {
            var tasks = new ArrayList<JoinHandle<?>>();
            var dumping = new CountDownLatch(1);
            Thread dumps;
            try (var running = setup.start()) {
                var semaphore = new Semaphore(0);
                for (int i = 0; i < 50; i++) {
                    tasks.add(style.spawn(running.handle(), () -> semaphore.acquire()));
                }
                dumps = Thread.ofPlatform().daemon().start(() -> {
                    for (int i = 0; i < 20; i++) {
                        try {
                            var unused = running.handle().dump(PATIENT).await();
                        } catch (Exception e) {
                            throw new AssertionError(e);
                        }
                        dumping.countDown();
                    }
                });
                Eventually.opened("a dump was taken", dumping);
            }
            assertTrue(dumps.join(PATIENT), "dumps end with the runtime");
            for (var task : tasks) {
                assertTrue(ContractTest.failureOf(task).isCancelled());
            }
        }
    }

    // --- runtimes that are stuck

    /** A stackless task blocks its worker: that is what a dump is for. It ends in time and names the culprit. */
    @ParameterizedTest
    @MethodSource("matrix")
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

    private static void blocksItsThread(CountDownLatch held) throws InterruptedException {
        held.await();
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

    /** What blocks a worker need not be a task: a hook of the application is on its way to sleep, and never gets there. */
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
    @MethodSource("matrix")
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

    /** Be it that a task would have kept it waiting for days. */
    @ParameterizedTest
    @EnumSource(value = Setup.class, names = {"CURRENT_THREAD", "ONE_WORKER"})
    void theThreadOfADumpThatIsGivenUpEnds(Setup setup) throws Exception {
        try (var running = setup.start()) {
            var held = new CountDownLatch(1);
            var entered = new CountDownLatch(1);
            var culprit = running.handle().spawn(Future.lazy(() -> {
                entered.countDown();
                blocksItsThread(held);
                return 1;
            }));
            Eventually.opened("the worker is blocked", entered);
            var dump = running.handle().dump(Duration.ofDays(1));
            assertFalse(dump.poll(Context.of(() -> {})).isReady());
            dump.cancel();
            boolean ended = Eventually.within(PATIENT, () -> Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(thread -> thread.getName().equals("edo-dump")));
            held.countDown();
            assertEquals(1, ContractTest.resultOf(culprit));
            assertTrue(ended);
        }
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
