package dev.edo.impl.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.Edo;
import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.impl.runtime.BuilderImpl;
import dev.edo.net.TcpListener;
import dev.edo.net.TcpStream;
import dev.edo.runtime.EnterGuard;
import dev.edo.runtime.Handle;
import dev.edo.task.Action;
import dev.edo.time.Instant;
import dev.edo.time.Sleep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Being inside a runtime, and what one may do where. */
class EnterTest extends ContractTest {
    @Test
    void outsideThereIsNoCurrentRuntime() {
        assertNull(Handle.tryCurrent());
        var message = assertThrows(IllegalStateException.class, Handle::current).getMessage();
        assertTrue(message.contains("enter"), message);
    }

    /** Timers and sockets belong to a runtime's drivers; none is made up for a thread that has no runtime. */
    @Test
    void outsideThereAreNoTimersAndNoSockets() throws Exception {
        var needing = List.<Executable>of(
                () -> Edo.sleep(Duration.ofMillis(1)).await(),
                () -> Edo.timeout(Duration.ofMillis(1), Future.pending()).await(),
                () -> TcpListener.bind("127.0.0.1:0").await(),
                () -> TcpStream.connect("127.0.0.1:1").await(),
                () -> Edo.spawn(() -> 1));
        for (var needs : needing) {
            var message = assertThrows(IllegalStateException.class, needs).getMessage();
            assertTrue(message.contains("no Edo runtime on this thread"), message);
        }
    }

    /** With no scheduler to yield to, a yield is pending once all the same, for whoever polls. */
    @Test
    void yieldOutsideARuntimeWakesAtOnce() throws Exception {
        var wakes = new AtomicInteger();
        var cx = Context.of(wakes::incrementAndGet);
        var yield = Edo.yieldNow();
        assertFalse(yield.poll(cx).isReady());
        assertEquals(1, wakes.get());
        assertTrue(yield.poll(cx).isReady());
        Edo.yieldNow().await();
    }

    @Test
    void guardPutsTheThreadInsideUntilItIsClosed() throws Exception {
        try (var _ = running.runtime().enter()) {
            assertEquals(handle.id(), Handle.current().id());
            assertEquals(3, resultOf(Edo.spawn(() -> 3)));
        }
        assertNull(Handle.tryCurrent());
    }

    @Test
    void guardsNest() throws Exception {
        try (var other = setup.start()) {
            try (var _ = handle.enter()) {
                try (var _ = other.handle().enter()) {
                    assertEquals(other.handle().id(), Handle.current().id());
                    try (var _ = handle.enter()) {
                        assertEquals(handle.id(), Handle.current().id());
                    }
                    assertEquals(other.handle().id(), Handle.current().id());
                }
                assertEquals(handle.id(), Handle.current().id());
            }
            assertNull(Handle.tryCurrent());
        }
    }

    /** A runtime without timers polls a future that needs some: they are the other one's. */
    @Test
    void wrappedFutureIsInsideItsOwnRuntimeWhereverItIsPolled() throws Exception {
        var builder = new BuilderImpl();
        builder.currentThread();
        try (var plain = Running.of(builder)) {
            var seen = new ArrayList<Object>();
            var sleeps = new Future<@Nullable Void>() {
                private @Nullable Sleep sleep;

                @Override
                public Poll<@Nullable Void> poll(Context cx) {
                    seen.add(Handle.current().id());
                    if (sleep == null) {
                        sleep = Edo.sleep(Duration.ofMillis(2));
                    }
                    return sleep.poll(cx);
                }

                @Override
                public void cancel() {
                    seen.add(Handle.current().id());
                }
            };
            var start = Instant.now();
            resultOf(style.spawn(plain.handle(), () -> handle.wrap(sleeps)));
            assertTrue(start.elapsed().compareTo(Duration.ofMillis(2)) >= 0);
            handle.wrap(sleeps).cancel();
            assertEquals(Set.of(handle.id()), Set.copyOf(seen));
            var left = style.spawn(plain.handle(), () -> handle.wrap(Future.ready(1)).map(_ -> Handle.current().id()));
            assertEquals(plain.handle().id(), resultOf(left));
            assertNull(Handle.tryCurrent());
        }
    }

    @Test
    void closingGuardsInTheWrongOrderIsRefused() throws Exception {
        try (var other = setup.start()) {
            var first = handle.enter();
            var second = other.handle().enter();
            assertThrows(IllegalStateException.class, first::close);
            assertEquals(other.handle().id(), Handle.current().id());
            second.close();
            second.close();
            assertEquals(handle.id(), Handle.current().id());
            first.close();
            assertNull(Handle.tryCurrent());
        }
    }

    /** Both guards are of the same runtime, so that only the guards themselves can tell which one is the inner one. */
    @Test
    void closingGuardsOfOneRuntimeInTheWrongOrderIsRefused() {
        var first = handle.enter();
        var second = handle.enter();
        assertThrows(IllegalStateException.class, first::close);
        second.close();
        first.close();
        assertNull(Handle.tryCurrent());
    }

    @Test
    void guardIsClosedByItsOwnThread() throws Exception {
        var guards = new LinkedBlockingQueue<EnterGuard>();
        var release = new CountDownLatch(1);
        var failures = new LinkedBlockingQueue<Throwable>();
        var opener = Thread.ofPlatform().start(() -> {
            try (var guard = handle.enter()) {
                guards.add(guard);
                Eventually.opened("the guard was tried", release);
            } catch (Throwable t) {
                failures.add(t);
            }
        });
        var guard = Eventually.next("the guard", guards);
        assertThrows(IllegalStateException.class, guard::close);
        release.countDown();
        assertTrue(opener.join(Eventually.PATIENCE));
        assertTrue(failures.isEmpty(), failures::toString);
    }

    /** Many virtual threads share few carriers: what one enters, the others must not see. */
    @Test
    void virtualThreadEntersForItselfAlone() throws Exception {
        var entered = new CountDownLatch(20);
        var looked = new CountDownLatch(20);
        var wrong = new AtomicInteger();
        var failures = new LinkedBlockingQueue<Throwable>();
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < 20; i++) {
            threads.add(virtual(failures, () -> {
                try (var _ = handle.enter()) {
                    entered.countDown();
                    Eventually.opened("the others looked", looked);
                    wrong.addAndGet(handle.id().equals(Handle.current().id()) ? 0 : 1);
                }
                wrong.addAndGet(Handle.tryCurrent() == null ? 0 : 1);
            }));
            threads.add(virtual(failures, () -> {
                Eventually.opened("half of them are inside", entered);
                wrong.addAndGet(Handle.tryCurrent() == null ? 0 : 1);
                Thread.yield();
                wrong.addAndGet(Handle.tryCurrent() == null ? 0 : 1);
                looked.countDown();
            }));
        }
        for (var thread : threads) {
            assertTrue(thread.join(Eventually.PATIENCE));
        }
        assertTrue(failures.isEmpty(), failures::toString);
        assertEquals(0, wrong.get());
    }

    private static Thread virtual(LinkedBlockingQueue<Throwable> failures, Action body) {
        return Thread.startVirtualThread(() -> {
            try {
                body.run();
            } catch (Throwable t) {
                failures.add(t);
            }
        });
    }

    @Test
    void taskEntersAnotherRuntime() throws Exception {
        try (var other = setup.start()) {
            var task = style.run(handle, () -> {
                try (var _ = other.handle().enter()) {
                    assertEquals(other.handle().id(), Handle.current().id());
                }
                assertEquals(handle.id(), Handle.current().id());
                return 1;
            });
            assertEquals(1, resultOf(task));
        }
    }

    /** A task in direct style that entered another runtime stays inside of it when it moves to another carrier. */
    @Test
    void enteredRuntimeMovesWithTheTask() throws Exception {
        try (var other = setup.start()) {
            var task = handle.spawn(() -> {
                try (var _ = other.handle().enter()) {
                    for (int i = 0; i < 200; i++) {
                        Thread.yield();
                        if (!Handle.current().id().equals(other.handle().id())) {
                            return i;
                        }
                    }
                }
                return -1;
            });
            for (int i = 0; i < 200; i++) {
                assertEquals(handle.id(), resultOf(handle.spawn(() -> Handle.current().id())));
            }
            assertEquals(-1, resultOf(task));
        }
    }

    @Test
    void blockOnIsInside() throws Exception {
        assertEquals(handle.id(), Eventually.returns("blockOn", () -> handle.blockOn(() -> Handle.current().id())));
        assertEquals(handle.id(), Eventually.returns("blockOn",
                () -> handle.blockOn(Future.lazy(() -> Handle.current().id()))));
        assertNull(Handle.tryCurrent());
    }

    @Test
    void blockOnOfAnotherRuntimeInsideBlockOn() throws Exception {
        try (var other = setup.start()) {
            var ids = Eventually.returns("blockOn", () -> handle.blockOn(() -> {
                var inner = other.handle().blockOn(() -> Handle.current().id());
                return Arrays.asList(inner, Handle.current().id());
            }));
            assertEquals(Arrays.asList(other.handle().id(), handle.id()), ids);
            assertNotEquals(other.handle().id(), handle.id());
        }
    }

    @Test
    void runtimeBuiltInsideBlockOnServesAfterwards() throws Exception {
        try (var inner = Eventually.returns("blockOn", () -> handle.blockOn(() -> setup.start()))) {
            assertEquals(5, resultOf(style.run(inner.handle(), () -> 5)));
            assertEquals(6, Eventually.returns("blockOn", () -> inner.handle().blockOn(Future.ready(6))));
        }
    }

    /** A poll that wakes its own task and then uses up the thread's park permit: the wake-up must not hang on it. */
    @Test
    void parkPermitUsedUpByAPollCostsNoWakeUp() throws Exception {
        var polls = new AtomicInteger();
        Future<Integer> future = Future.of(cx -> {
            if (polls.getAndIncrement() > 0) {
                return Poll.ready(polls.get());
            }
            cx.waker().wake();
            LockSupport.unpark(Thread.currentThread());
            LockSupport.park();
            return Poll.pending();
        });
        assertEquals(2, Eventually.returns("blockOn", () -> handle.blockOn(future)));
    }

    @Test
    void blockOnInsideATaskIsRefused() throws Exception {
        var task = style.run(handle, () ->
                assertThrows(IllegalStateException.class, () -> handle.blockOn(Future.ready(1))).getMessage());
        var message = resultOf(task);
        assertTrue(message.contains("inside a task") && message.contains("await"), message);
        var closure = style.run(handle, () ->
                assertThrows(IllegalStateException.class, () -> handle.blockOn(() -> 1)).getMessage());
        assertTrue(resultOf(closure).contains("inside a task"));
    }

    @Test
    void awaitInsideAPollIsRefused() throws Exception {
        var task = handle.spawn(Future.lazy(() ->
                assertThrows(IllegalStateException.class, () -> Future.pending().await()).getMessage()));
        var message = resultOf(task);
        assertTrue(message.contains("stackless"), message);
    }

    /** The future is polled by the thread that drives the tasks: blocking it on another future would stop them all. */
    @Test
    void awaitInsideThePollOfABlockOnIsRefused() throws Exception {
        if (setup.isMultiThread()) {
            return; // there it blocks its own thread only
        }
        running.close();
        try (var own = setup.builder().build()) {
            var message = Eventually.returns("blockOn", () -> own.blockOn(Future.lazy(() ->
                    assertThrows(IllegalStateException.class, () -> Future.pending().await()).getMessage())));
            assertTrue(message.contains("poll"), message);
        }
    }

    @Test
    void futureThatFailsBlockOnFailsIt() {
        assertThrows(ArithmeticException.class, () -> Eventually.returns("blockOn",
                () -> handle.blockOn(Future.failed(new ArithmeticException()))));
        assertThrows(ArithmeticException.class, () -> Eventually.returns("blockOn", () -> handle.blockOn(() -> {
            throw new ArithmeticException();
        })));
        assertNull(Handle.tryCurrent());
    }

    @Test
    void interruptedBlockOnCancelsItsFuture() throws Exception {
        var gate = new Gate<Integer>();
        var outcome = new LinkedBlockingQueue<Throwable>();
        var blocked = Thread.ofPlatform().start(() -> {
            try {
                handle.blockOn(gate);
            } catch (Throwable t) {
                outcome.add(t);
            }
        });
        Eventually.opened("the future is polled", gate.waiting);
        blocked.interrupt();
        var thrown = Eventually.next("the outcome", outcome);
        assertTrue(thrown instanceof CancellationException, thrown::toString);
        assertEquals(1, gate.cancels());
    }

    @Test
    void futurePolledAfterItCompletedSaysSo() throws Exception {
        var future = Edo.yieldNow();
        Eventually.returns("await", () -> {
            future.await();
            return null;
        });
        var message = assertThrows(IllegalStateException.class,
                () -> future.poll(Context.of(() -> {}))).getMessage();
        assertTrue(message.contains("completed"), message);
    }

    @Test
    void nullFromAPollIsAPanicWithAName() throws Exception {
        var task = style.<Integer>spawn(handle, EnterTest::broken);
        var cause = failureOf(task).getCause();
        assertTrue(cause instanceof NullPointerException || cause instanceof IllegalStateException,
                () -> "cause: " + cause);
        assertEquals(1, resultOf(style.run(handle, () -> 1)));
    }

    @SuppressWarnings({"NullAway", "DataFlowIssue"}) // a future that breaks its contract
    private static Future<Integer> broken() {
        return new Future<>() {
            @Override
            public Poll<Integer> poll(Context cx) {
                return null;
            }
        };
    }
}
