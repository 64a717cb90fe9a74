package dev.edo.impl.task.coroutine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.future.Future;
import dev.edo.future.Join;
import dev.edo.future.Poll;
import dev.edo.impl.contract.Gate;
import dev.edo.impl.contract.Setup;
import dev.edo.impl.runtime.RuntimeConfig;
import dev.edo.impl.runtime.RuntimeHandle;
import dev.edo.impl.scheduler.ThreadContext;
import dev.edo.impl.task.RecordingScheduler;
import dev.edo.runtime.EdoRuntime;
import dev.edo.task.Action;
import java.nio.channels.spi.AbstractInterruptibleChannel;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.jspecify.annotations.Nullable;

/** What a task in direct style tells its scheduler; the test's thread is the carrier. */
@Timeout(60)
class CoroutineTest {
    private final EdoRuntime runtime = Setup.CURRENT_THREAD.builder().build();
    private final RecordingScheduler scheduler = new RecordingScheduler();
    private @Nullable Coroutine<?> self;

    @AfterEach
    void close() {
        runtime.close();
    }

    private Coroutine<?> start(Action body) {
        var task = new Coroutine<>(scheduler, (RuntimeHandle) runtime.handle(), () -> {
            body.run();
            return "done";
        });
        self = task;
        task.start();
        assertEquals(List.of(task), scheduler.scheduled, "a new task is scheduled as any other");
        scheduler.scheduled.clear();
        return task;
    }

    private <T extends @Nullable Object> T await(Future<T> future) throws Exception {
        if (self == null) {
            throw new AssertionError("not started");
        }
        return self.await(future);
    }

    private static void mount(Coroutine<?> task) {
        task.run(ThreadContext.ofPlatformThread(), RuntimeConfig.TASK_BUDGET);
    }

    @Test
    void aWakeUpOfAnAwaitIsNoHandOver() {
        var gate = new Gate<String>();
        var task = start(() -> await(gate));
        mount(task);
        gate.open("x");
        assertEquals(List.of(task), scheduler.scheduled);
        assertFalse(task.isHandOver());
        mount(task);
        assertTrue(task.isFinished());
        assertEquals(0, scheduler.handOversStarted);
    }

    @Test
    void whatTheJdkUnparksIsAHandOverUntilItRuns() {
        var task = start(LockSupport::park);
        mount(task);
        LockSupport.unpark(task.thread());
        assertEquals(List.of(task), scheduler.handedOver);
        assertTrue(task.isHandOver());
        assertEquals(0, scheduler.handOversStarted);
        mount(task);
        assertEquals(1, scheduler.handOversStarted);
        assertFalse(task.isHandOver());
    }

    /**
     * A waker is late: its future was ready when the thread came to it. The thread has gone on, and waits in a
     * lock's queue of the JDK. Neither the late wake-up nor what it leaves makes the lock's hand-over one of Edo's.
     */
    @Test
    void aLateWakeUpDoesNotHideAHandOver() {
        var gate = new Gate<String>();
        var task = start(() -> {
            await(gate);
            LockSupport.park();
        });
        mount(task);
        gate.open("x");
        mount(task);
        scheduler.scheduled.clear();
        task.wake();
        LockSupport.unpark(task.thread());
        assertEquals(List.of(task), scheduler.handedOver);
        assertEquals(List.of(), scheduler.scheduled);
    }

    /**
     * The lock is handed over while the thread is still on the way out of its carrier: JDK code makes it runnable
     * there as it does for a yield. The scheduler has to be told all the same.
     */
    @Test
    void aHandOverOnTheWayOutIsOne() {
        var task = start(Thread::yield);
        mount(task);
        assertEquals(List.of(task), scheduler.handedOver);
        assertEquals(List.of(), scheduler.yielded);
        mount(task);
        assertTrue(task.isFinished());
        assertEquals(1, scheduler.handOversStarted);
    }

    /** A channel of the application, which fails to close. */
    private static final class UnclosableChannel extends AbstractInterruptibleChannel {
        void enter() {
            begin();
        }

        @Override
        protected void implCloseChannel() {
            throw new IllegalStateException("close");
        }
    }

    /** An interrupt closes the channel that the thread is in, on the thread that aborts: it may be a worker's. */
    @Test
    void anAbortEndsAParkInAChannelThatThrows() {
        var channel = new UnclosableChannel();
        var task = start(() -> {
            channel.enter();
            LockSupport.park();
        });
        mount(task);
        task.abort();
        assertEquals(List.of(task), scheduler.handedOver);
        mount(task);
        assertTrue(task.isFinished());
    }

    @Test
    void aYieldOfEdoIsNoHandOver() {
        var task = start(() -> {
            if (self != null) {
                self.yieldNow();
            }
        });
        mount(task);
        assertEquals(List.of(task), scheduler.yielded);
        assertEquals(List.of(), scheduler.handedOver);
    }

    /**
     * The outer await has polled the first future, which has its waker, when the second one's function awaits. So
     * the wake-up for the first comes to the inner await; the outer one must not wait for it then.
     */
    @Test
    void aWakeUpThatCameToAnAwaitInsideThePollIsNotLost() {
        var first = new Gate<String>();
        var inner = new Gate<String>();
        Future<String> second = Future.lazy(() -> await(inner));
        var task = start(() -> await(Join.of(first, second).biased()));
        mount(task);
        first.open("first");
        mount(task);
        inner.open("inner");
        mount(task);
        assertEquals(List.of(task), scheduler.yielded, "the outer await polls again");
        mount(task);
        assertTrue(task.isFinished());
    }

    /** The budget refused the first future, which relies on the yield that follows; the inner await makes it. */
    @Test
    void aYieldThatAnAwaitInsideThePollMadeIsNotLost() {
        var spent = new AtomicBoolean();
        Future<String> first = Future.of(cx -> {
            if (spent.getAndSet(true)) {
                return Poll.ready("first");
            }
            while (cx.pollProceed()) {
                cx.madeProgress();
            }
            return Poll.pending();
        });
        Future<String> inner = Future.of(cx -> cx.pollProceed() ? Poll.ready("inner") : Poll.pending());
        Future<String> second = Future.lazy(() -> await(inner));
        var task = start(() -> await(Join.of(first, second).biased()));
        mount(task);
        assertEquals(List.of(task), scheduler.yielded, "the inner await yields");
        mount(task);
        assertEquals(List.of(task, task), scheduler.yielded, "the outer await polls again");
        mount(task);
        assertTrue(task.isFinished());
    }

    /** A child thread that inherited the scheduler is a hand-over each time it becomes runnable. */
    @Test
    void aChildThreadIsHandedOver() {
        var task = start(() -> Thread.startVirtualThread(() -> {}));
        mount(task);
        assertEquals(1, scheduler.handedOver.size());
        var child = scheduler.handedOver.getFirst();
        assertTrue(child.isHandOver());
        child.run(ThreadContext.ofPlatformThread(), RuntimeConfig.TASK_BUDGET);
        assertEquals(1, scheduler.handOversStarted);
    }
}
