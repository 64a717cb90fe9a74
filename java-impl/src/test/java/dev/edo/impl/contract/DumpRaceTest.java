package dev.edo.impl.contract;

import static dev.edo.impl.contract.Dumps.PATIENT;
import static dev.edo.impl.contract.Dumps.blocksItsThread;
import static dev.edo.impl.contract.Dumps.dump;
import static dev.edo.impl.contract.Dumps.trace;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.Edo;
import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Join;
import dev.edo.future.Poll;
import dev.edo.runtime.Dump;
import dev.edo.sync.Semaphore;
import dev.edo.sync.SemaphorePermit;
import dev.edo.task.JoinHandle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Dumps that meet wake-ups, each other, the end of the runtime or their own. */
class DumpRaceTest {
    /**
     * The race of Tokio's issue 6051: wake-ups from the drivers and from other threads come while dumps are taken, one
     * after the other. None is lost: each round trip ends.
     */
    @ParameterizedTest
    @MethodSource("dev.edo.impl.contract.Dumps#matrix")
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
    @MethodSource("dev.edo.impl.contract.Dumps#matrix")
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
}
