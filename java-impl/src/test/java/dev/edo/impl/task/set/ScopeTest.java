package dev.edo.impl.task.set;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.Edo;
import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.impl.contract.Eventually;
import dev.edo.impl.contract.Gate;
import dev.edo.impl.contract.Style;
import dev.edo.runtime.UnhandledPanic;
import dev.edo.task.JoinError;
import dev.edo.task.JoinHandle;
import dev.edo.task.Scope;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Nothing that was spawned in a scope outlives it, however it ends. The style is that of the children. */
class ScopeTest extends RuntimeTest {
    /** A child that waits for a gate and then counts. */
    private JoinHandle<Integer> child(Scope scope, Gate<Integer> gate) {
        return style == Style.DIRECT ? scope.spawn(() -> gate.await()) : scope.spawn(gate);
    }

    private JoinHandle<Integer> failing(Scope scope, Gate<Integer> gate, Exception failure) {
        return style == Style.DIRECT
                ? scope.spawn(() -> {
                    gate.await();
                    throw failure;
                })
                : scope.spawn(gate.then(_ -> Future.failed(failure)));
    }

    @Test
    void returnsTheBodysValueAfterAllTasksHaveEnded() throws Exception {
        var gates = List.of(new Gate<Integer>(), new Gate<Integer>(), new Gate<Integer>());
        var bodyOver = new CountDownLatch(1);
        var children = new ArrayList<JoinHandle<Integer>>();
        var scope = handle.spawn(() -> Scope.call(s -> {
            gates.forEach(gate -> children.add(child(s, gate)));
            bodyOver.countDown();
            return "value";
        }));
        Eventually.opened("the body ends", bodyOver);
        for (var gate : gates) {
            Eventually.opened("a child waits", gate.waiting);
            assertFalse(scope.isFinished());
            gate.open(1);
        }
        assertEquals("value", resultOf(scope));
        assertTrue(children.stream().allMatch(JoinHandle::isFinished));
    }

    /** A waker must not throw; one that does so all the same keeps nobody but its own task waiting. */
    @Test
    void joinerWhoseWakerThrowsDoesNotKeepTheScopeOpen() throws Exception {
        var gate = new Gate<Integer>();
        var bodyOver = new CountDownLatch(1);
        var scope = handle.spawn(() -> Scope.call(s -> {
            var joined = child(s, gate).poll(Context.of(() -> {
                throw new IllegalStateException("a waker that throws");
            }));
            assertFalse(joined.isReady());
            bodyOver.countDown();
            return "value";
        }));
        Eventually.opened("the body ends", bodyOver);
        Eventually.opened("the child waits", gate.waiting);
        gate.open(1);
        assertEquals("value", resultOf(scope));
    }

    @Test
    void resultsMayBeAwaitedInsideAndAfterwards() throws Exception {
        var left = new AtomicReference<@Nullable JoinHandle<Integer>>();
        int sum = inDirectTask(() -> Scope.call(s -> {
            var a = s.spawn(() -> 20);
            var b = s.spawn(Future.ready(22));
            left.set(s.spawnBlocking(() -> 7));
            return a.await() + b.await();
        }));
        assertEquals(42, sum);
        var later = left.get();
        assertNotNull(later);
        assertTrue(later.isFinished());
        assertEquals(7, resultOf(later));
    }

    @Test
    void firstFailureAbortsTheOthersAndIsThrownWhenAllHaveEnded() throws Exception {
        var trigger = new Gate<Integer>();
        var waiting = new Gate<Integer>();
        var boom = new IOException("boom");
        var sibling = new AtomicReference<@Nullable JoinHandle<Integer>>();
        var scope = handle.spawn(() -> Scope.call(s -> {
            sibling.set(child(s, waiting));
            failing(s, trigger, boom);
            return "lost";
        }));
        Eventually.opened("the sibling waits", waiting.waiting);
        Eventually.opened("the trigger waits", trigger.waiting);
        trigger.open(1);
        var failure = failureOf(scope).getCause();
        assertSame(boom, assertInstanceOf(JoinError.class, failure).getCause());
        assertEquals(0, failure.getSuppressed().length, () -> Arrays.toString(failure.getSuppressed()));
        var other = sibling.get();
        assertNotNull(other);
        assertTrue(failureOf(other).isCancelled());
        assertEquals(1, waiting.cancels());
    }

    /** The body waits for something that never comes; the failing child ends that wait. */
    @Test
    void failureOfATaskEndsTheWaitOfTheBody() throws Exception {
        var never = new Gate<Integer>();
        var trigger = new Gate<Integer>();
        var clean = new AtomicBoolean();
        var scope = handle.spawn(() -> {
            try {
                return Scope.call(s -> {
                    failing(s, trigger, new IOException("boom"));
                    return never.await();
                });
            } finally {
                clean.set(!Thread.currentThread().isInterrupted());
            }
        });
        Eventually.opened("the body waits", never.waiting);
        Eventually.opened("the trigger waits", trigger.waiting);
        trigger.open(1);
        var failure = failureOf(scope).getCause();
        assertEquals("boom", String.valueOf(assertInstanceOf(JoinError.class, failure).getCause().getMessage()));
        assertEquals(0, failure.getSuppressed().length, () -> Arrays.toString(failure.getSuppressed()));
        assertEquals(1, never.cancels());
        assertTrue(clean.get(), "the interrupt of the scope leaked out of it");
    }

    @Test
    void allFailuresAreReported() throws Exception {
        var first = new Gate<Integer>();
        var scope = handle.spawn(() -> Scope.<Integer>call(s -> {
            failing(s, first, new IOException("first"));
            s.spawn(() -> { // fails on its way out
                try {
                    return Future.<Integer>pending().await();
                } catch (CancellationException e) {
                    throw new IllegalStateException("second");
                }
            });
            try {
                return Future.<Integer>pending().await();
            } catch (CancellationException e) {
                throw new IllegalArgumentException("third");
            }
        }));
        Eventually.opened("the trigger waits", first.waiting);
        first.open(1);
        var failure = failureOf(scope).getCause();
        assertEquals("first", failure.getCause().getMessage());
        var suppressed = Arrays.stream(failure.getSuppressed())
                .map(t -> t instanceof JoinError e ? e.getCause().getMessage() : t.getMessage())
                .sorted()
                .toList();
        // the second child may have been aborted before it started
        assertTrue(List.of(List.of("second", "third"), List.of("third")).contains(suppressed), suppressed::toString);
    }

    @Test
    void failureOfTheBodyAbortsTheTasksAndIsThrownAsItIs() throws Exception {
        var gate = new Gate<Integer>();
        var boom = new IOException("body");
        var scope = handle.spawn(() -> Scope.<Integer>call(s -> {
            child(s, gate);
            Eventually.opened("the child waits", gate.waiting);
            throw boom;
        }));
        assertSame(boom, failureOf(scope).getCause());
        assertEquals(1, gate.cancels());
    }

    @Test
    void taskAbortedOnPurposeIsNoFailure() throws Exception {
        var gate = new Gate<Integer>();
        String value = inDirectTask(() -> Scope.call(s -> {
            child(s, gate).abort();
            child(s, gate).abortHandle().abort();
            return "fine";
        }));
        assertEquals("fine", value);
    }

    @Test
    void cancelEndsTheTasksAndKeepsTheValue() throws Exception {
        var loser = new Gate<Integer>();
        var cancelled = new AtomicBoolean();
        int winner = inDirectTask(() -> Scope.call(s -> {
            child(s, loser);
            int value = s.spawn(() -> 1).await();
            s.cancel();
            var late = child(s, new Gate<>());
            assertTrue(assertThrows(JoinError.class, late::await).isCancelled());
            cancelled.set(s.isCancelled());
            return value;
        }));
        assertEquals(1, winner);
        assertTrue(cancelled.get());
    }

    @Test
    void tasksMaySpawnSiblings() throws Exception {
        var ended = new AtomicInteger();
        inDirectTask(() -> {
            Scope.run(s -> fork(s, 6, ended));
            assertEquals(127, ended.get());
            return null;
        });
    }

    private static void fork(Scope scope, int depth, AtomicInteger ended) {
        if (depth > 0) {
            scope.spawn(() -> fork(scope, depth - 1, ended));
            scope.spawn(() -> fork(scope, depth - 1, ended));
        }
        ended.incrementAndGet();
    }

    /** Somebody else has had its result, so that nobody would tell the scope of its end. */
    @Test
    void adoptingATaskWhoseResultWasTakenIsRefused() throws Exception {
        String value = inDirectTask(() -> Scope.call(s -> {
            var awaited = Edo.spawn(() -> 1);
            assertEquals(1, awaited.await());
            assertThrows(IllegalStateException.class, () -> s.adopt(() -> awaited));
            return "fine";
        }));
        assertEquals("fine", value);
    }

    @Test
    void spawningInAnEndedScopeIsRefused() throws Exception {
        var escaped = new AtomicReference<@Nullable Scope>();
        inDirectTask(() -> {
            Scope.run(escaped::set);
            return null;
        });
        var scope = escaped.get();
        assertNotNull(scope);
        var e = assertThrows(IllegalStateException.class, () -> scope.spawn(() -> 1));
        assertTrue(e.getMessage().contains("the scope has ended"), e.getMessage());
    }

    /**
     * The owner is aborted while it waits for a child that takes its time to unwind: the owner's
     * task ends only when the child has.
     */
    @Test
    void abortedOwnerStillWaitsForItsTasks() throws Exception {
        var gate = new Gate<Integer>();
        var unwinding = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        var childOver = new AtomicBoolean();
        var owner = handle.spawn(() -> Scope.call(s -> {
            s.spawn(() -> {
                try {
                    return gate.await();
                } finally {
                    Thread.interrupted();
                    unwinding.countDown();
                    release.await();
                    childOver.set(true);
                }
            });
            return 1;
        }));
        Eventually.opened("the child waits", gate.waiting);
        owner.abort();
        Eventually.opened("the child unwinds", unwinding);
        assertFalse(owner.isFinished());
        release.countDown();
        assertTrue(failureOf(owner).isCancelled());
        assertTrue(childOver.get());
    }

    @Test
    void blockingJobThatHasStartedIsWaitedFor() throws Exception {
        var started = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        var scope = handle.spawn(() -> Scope.call(s -> {
            s.spawnBlocking(() -> {
                started.countDown();
                release.await();
                return 1;
            });
            Eventually.opened("the job runs", started);
            throw new IOException("body");
        }));
        Eventually.opened("the job runs", started);
        assertFalse(Eventually.within(Duration.ofMillis(20), scope::isFinished));
        release.countDown();
        assertEquals("body", failureOf(scope).getCause().getMessage());
    }

    @Test
    void worksOnAThreadOutsideTasks() throws Exception {
        try (var own = setup.builder().build()) {
            int sum = Eventually.returns("blockOn", () -> own.blockOn(() -> Scope.call(s -> {
                var a = s.spawn(() -> 1);
                var b = s.spawn(Future.ready(2));
                return a.await() + b.await();
            })));
            assertEquals(3, sum);
        }
    }

    /** A child on another thread fails while the thread that drives the runtime sleeps in the driver. */
    @Test
    void failureEndsTheWaitOfABodyOutsideTasks() throws Exception {
        try (var own = setup.builder().build()) {
            var never = new Gate<Integer>();
            var failure = assertThrows(JoinError.class, () -> Eventually.returns("blockOn", () -> own.blockOn(
                    () -> Scope.call(s -> {
                        s.spawnBlocking(() -> {
                            Eventually.opened("the body waits", never.waiting);
                            throw new IOException("boom");
                        });
                        return never.await();
                    }))));
            assertEquals("boom", failure.getCause().getMessage());
        }
    }

    /** A task in direct style that fails may do so on the very thread that waits, and leaves it only then. */
    @Test
    void failureOfATaskEndsTheWaitOfABodyOutsideTasks() throws Exception {
        try (var own = setup.builder().build()) {
            var never = new Gate<Integer>();
            var trigger = new Gate<Integer>();
            trigger.open(1);
            var failure = assertThrows(JoinError.class, () -> Eventually.returns("blockOn", () -> own.blockOn(
                    () -> Scope.call(s -> {
                        failing(s, trigger, new IOException("boom"));
                        return never.await();
                    }))));
            assertEquals("boom", failure.getCause().getMessage());
        }
    }

    @Test
    void stacklessTasksAreToldBeforeAnythingStarts() throws Exception {
        var ran = new AtomicBoolean();
        var task = handle.spawn(Future.lazy(() -> Scope.call(_ -> ran.getAndSet(true))));
        var refusal = assertInstanceOf(IllegalStateException.class, failureOf(task).getCause());
        assertTrue(refusal.getMessage().contains("stackless task"), refusal.getMessage());
        assertFalse(ran.get());
    }

    /** The runtime goes away under a scope that waits: the scope ends, and does not pretend that all is well. */
    @Test
    void runtimeThatShutsDownEndsTheScope() throws Exception {
        var gate = new Gate<Integer>();
        var own = setup.builder().build();
        var outcome = new LinkedBlockingQueue<Throwable>();
        var thread = Thread.ofPlatform().daemon().start(() -> {
            try {
                own.blockOn(() -> Scope.call(s -> {
                    child(s, gate);
                    return 1;
                }));
                outcome.add(new AssertionError("returned"));
            } catch (Throwable t) {
                outcome.add(t);
            }
        });
        Eventually.opened("the child waits", gate.waiting);
        own.shutdownBackground();
        var thrown = Eventually.next("the end of the scope", outcome);
        assertTrue(thrown instanceof JoinError e && e.isCancelled() || thrown instanceof IllegalStateException,
                thrown::toString);
        thread.join();
    }

    @Test
    void scopesNest() throws Exception {
        var gate = new Gate<Integer>();
        var scope = handle.spawn(() -> Scope.call(outer -> {
            outer.spawn(() -> Scope.call(inner -> child(inner, gate).await()));
            Eventually.opened("the innermost task waits", gate.waiting);
            throw new IOException("outer");
        }));
        assertEquals("outer", failureOf(scope).getCause().getMessage());
        assertEquals(1, gate.cancels());
    }

    /** Both bodies run on one thread, and one interrupt stands for both failures: the outer one must outlast it. */
    @Test
    void failureOfAnOuterScopeIsNotLostInAnInnerOne() throws Exception {
        var never = new Gate<Integer>();
        var trigger = new Gate<Integer>();
        trigger.open(1);
        var scope = handle.spawn(() -> Scope.call(outer -> {
            try {
                Scope.run(inner -> {
                    var first = failing(outer, trigger, new IOException("outer"));
                    var second = failing(inner, trigger, new IOException("inner"));
                    while (!first.isFinished() || !second.isFinished()) {
                        Thread.yield();
                    }
                });
            } catch (JoinError e) {
                assertEquals("inner", e.getCause().getMessage());
            }
            return never.await();
        }));
        var failure = assertInstanceOf(JoinError.class, failureOf(scope).getCause());
        assertEquals("outer", failure.getCause().getMessage());
    }

    /** A panic that ends the runtime: the scope, whose thread ran the tasks, waits for one that has yet to unwind. */
    @Test
    void panicThatEndsTheRuntimeEndsTheScope() throws Exception {
        if (setup.isMultiThread()) {
            return; // there a panic ends no runtime
        }
        var gate = new Gate<Integer>();
        var trigger = new Gate<Integer>();
        trigger.open(1);
        try (var own = setup.builder().unhandledPanic(UnhandledPanic.SHUTDOWN_RUNTIME).build()) {
            var failure = assertThrows(JoinError.class, () -> Eventually.returns("blockOn", () -> own.blockOn(
                    () -> Scope.call(s -> {
                        child(s, gate);
                        failing(s, trigger, new IOException("boom"));
                        return new Gate<Integer>().await();
                    }))));
            assertEquals("boom", failure.getCause().getMessage());
        }
        assertEquals(1, gate.cancels());
    }

    // --- as a future

    @Test
    void futureCompletesAfterAllTasksHaveEnded() throws Exception {
        var gate = new Gate<Integer>();
        var scope = style.<String>spawn(handle, () -> Scope.future(s -> {
            child(s, gate);
            return Future.ready("value");
        }));
        Eventually.opened("the child waits", gate.waiting);
        assertFalse(scope.isFinished());
        gate.open(1);
        assertEquals("value", resultOf(scope));
    }

    @Test
    void futureFailsWithTheFirstFailureAndCancelsItsBody() throws Exception {
        var body = new Gate<Integer>();
        var trigger = new Gate<Integer>();
        var scope = style.<Integer>spawn(handle, () -> Scope.future(s -> {
            failing(s, trigger, new IOException("boom"));
            return body;
        }));
        Eventually.opened("the body waits", body.waiting);
        Eventually.opened("the trigger waits", trigger.waiting);
        trigger.open(1);
        var failure = failureOf(scope).getCause();
        assertEquals("boom", assertInstanceOf(JoinError.class, failure).getCause().getMessage());
        assertEquals(1, body.cancels());
    }

    @Test
    void futureWhoseBodyThrowsAbortsItsTasks() throws Exception {
        var gate = new Gate<Integer>();
        var scope = style.<Integer>spawn(handle, () -> Scope.future(s -> {
            child(s, gate);
            throw new IOException("body");
        }));
        assertEquals("body", failureOf(scope).getCause().getMessage());
    }

    @Test
    void cancelledFutureAbortsItsTasks() throws Exception {
        var body = new Gate<Integer>();
        var gate = new Gate<Integer>();
        var task = new AtomicReference<@Nullable JoinHandle<Integer>>();
        var scope = style.<Integer>spawn(handle, () -> Scope.future(s -> {
            task.set(child(s, gate));
            return body;
        }));
        Eventually.opened("the body waits", body.waiting);
        Eventually.opened("the child waits", gate.waiting);
        scope.abort();
        assertTrue(failureOf(scope).isCancelled());
        Eventually.opened("the body is cancelled", body.cancelled);
        Eventually.opened("the child is cancelled", gate.cancelled);
        var child = task.get();
        assertNotNull(child);
        assertTrue(failureOf(child).isCancelled());
    }

    /** Failures, ends, aborts and spawns race: the scope ends exactly once, and nothing is left running. */
    @Test
    void racesLeaveNothingBehind() throws Exception {
        for (int i = 0; i < 200; i++) {
            int turn = i;
            var live = new AtomicInteger();
            var scope = handle.spawn(() -> {
                try {
                    Scope.run(s -> {
                        for (int n = 0; n < 6; n++) {
                            int child = n;
                            s.spawn(() -> {
                                live.incrementAndGet();
                                try {
                                    for (int k = 0; k < child; k++) {
                                        Edo.yieldNow().await();
                                    }
                                    if (child == turn % 8) {
                                        throw new IOException("boom");
                                    }
                                    return s.spawn(Future.of(_ -> Poll.ready(1))).await();
                                } finally {
                                    live.decrementAndGet();
                                }
                            });
                        }
                    });
                } finally {
                    assertEquals(0, live.get());
                }
                return null;
            });
            if (i % 5 == 0) {
                scope.abort();
            }
            try {
                resultOf(scope);
            } catch (JoinError e) {
                assertTrue(e.isCancelled() || e.getCause() instanceof JoinError, e::toString);
            }
        }
        Eventually.until("nothing runs", () -> handle.metrics().numAliveTasks() == 0);
    }
}
