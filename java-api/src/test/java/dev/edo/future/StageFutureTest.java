package dev.edo.future;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StageFutureTest {
    private final CountingWaker waker = new CountingWaker();
    private final Context cx = waker.context();

    @Test
    void completes_with_the_value_of_a_stage_that_is_done() throws Exception {
        var future = Future.from(CompletableFuture.completedFuture("a"));
        assertEquals(Poll.ready("a"), future.poll(cx));
        var e = assertThrows(IllegalStateException.class, () -> future.poll(cx));
        assertTrue(e.getMessage().startsWith("Future.from was polled after"), e.getMessage());
        assertEquals(Poll.ready(), Future.from(CompletableFuture.completedFuture(null)).poll(cx));
    }

    @Test
    void is_woken_once_when_the_stage_completes() throws Exception {
        var stage = new CompletableFuture<String>();
        var future = Future.from(stage);
        assertFalse(future.poll(cx).isReady());
        assertFalse(future.poll(cx).isReady());
        assertEquals(0, waker.wakes());
        stage.complete("a");
        assertEquals(1, waker.wakes());
        assertEquals(Poll.ready("a"), future.poll(cx));
    }

    @Test
    void wakes_only_whoever_polled_last_and_adds_one_dependent_only() throws Exception {
        var stage = new CompletableFuture<String>();
        var future = Future.from(stage);
        var later = new CountingWaker();
        assertFalse(future.poll(cx).isReady());
        assertFalse(future.poll(later.context()).isReady());
        assertEquals(1, stage.getNumberOfDependents());
        stage.complete("a");
        assertEquals(0, waker.wakes());
        assertEquals(1, later.wakes());
    }

    @Test
    void failures_come_without_their_wrapper() {
        var failure = new IOException("reset");
        var direct = CompletableFuture.<String>failedFuture(failure);
        assertSame(failure, assertThrows(IOException.class, () -> Future.from(direct).poll(cx)));
        var dependent = direct.thenApply(x -> x);
        assertSame(failure, assertThrows(IOException.class, () -> Future.from(dependent).poll(cx)));
        var error = new StackOverflowError();
        var broken = CompletableFuture.<String>failedFuture(error);
        assertSame(error, assertThrows(Error.class, () -> Future.from(broken).poll(cx)));
    }

    @Test
    void a_cancelled_stage_throws_a_cancellation() {
        var stage = new CompletableFuture<String>();
        stage.cancel(true);
        assertThrows(CancellationException.class, () -> Future.from(stage).poll(cx));
        var dependent = stage.thenApply(x -> x);
        assertThrows(CancellationException.class, () -> Future.from(dependent).poll(cx));
    }

    @Test
    void cancel_cancels_the_stage_and_wakes_nobody() throws Exception {
        var untouched = new CompletableFuture<String>();
        Future.from(untouched).cancel();
        assertTrue(untouched.isCancelled());

        var stage = new CompletableFuture<String>();
        var future = Future.from(stage);
        assertFalse(future.poll(cx).isReady());
        future.cancel();
        future.cancel();
        assertTrue(stage.isCancelled());
        assertEquals(0, waker.wakes());
        assertThrows(IllegalStateException.class, () -> future.poll(cx));
    }

    @Test
    void a_stage_that_is_no_completable_future_works_too() throws Exception {
        var source = new CompletableFuture<String>();
        var future = Future.from(source.minimalCompletionStage());
        assertFalse(future.poll(cx).isReady());
        source.complete("a");
        assertEquals(1, waker.wakes());
        assertEquals(Poll.ready("a"), future.poll(cx));
    }

    @Test
    void a_stage_that_cannot_become_a_completable_future_works_too() throws Exception {
        final class Opaque extends CompletableFuture<String> {
            @Override
            public CompletableFuture<String> toCompletableFuture() {
                throw new UnsupportedOperationException();
            }
        }
        var source = new Opaque();
        var future = Future.from(source);
        assertFalse(future.poll(cx).isReady());
        source.complete("a");
        assertEquals(Poll.ready("a"), future.poll(cx));
        var failing = new Opaque();
        var failed = Future.from(failing);
        failing.completeExceptionally(new IOException("reset"));
        assertThrows(IOException.class, () -> failed.poll(cx));
    }

    @Test
    void without_budget_it_waits_although_the_stage_is_done() throws Exception {
        var progress = new AtomicInteger();
        var tight = new Context() {
            private boolean spent = true;

            @Override
            public Waker waker() {
                return waker;
            }

            @Override
            public boolean pollProceed() {
                boolean may = !spent;
                spent = false;
                return may;
            }

            @Override
            public void madeProgress() {
                progress.incrementAndGet();
            }
        };
        var future = Future.from(CompletableFuture.completedFuture("a"));
        assertFalse(future.poll(tight).isReady());
        assertEquals(0, progress.get());
        assertTrue(future.poll(tight).isReady());
        assertEquals(1, progress.get());
    }

    /**
     * The race: the poller looks, the stage is not done. Before the poller has registered its
     * waker, the stage completes and wakes nobody, or the waker of an earlier poll. The poller must
     * then notice by itself.
     */
    @Test
    void a_stage_that_completes_between_the_look_and_the_registration_is_seen() throws Exception {
        for (int look = 1; look <= 4; look++) {
            int completesAfterLook = look;
            var stage = new CompletableFuture<String>() {
                private int looks;

                @Override
                public boolean isDone() {
                    boolean done = super.isDone();
                    if (++looks == completesAfterLook) {
                        complete("a");
                    }
                    return done;
                }
            };
            var future = Future.from(stage);
            var lastWaker = new CountingWaker();
            while (!future.poll(lastWaker.context()).isReady()) {
                boolean completed = stage.state() != java.util.concurrent.Future.State.RUNNING;
                assertEquals(completed ? 1 : 0, lastWaker.wakes(), "pending; completes after look " + look);
                lastWaker = new CountingWaker();
            }
        }
    }

    /** The same race, left to two threads: each round ends only if the poller sees the value or is woken. */
    @Test
    void no_wake_up_is_lost_against_a_completing_thread() throws Exception {
        int rounds = 5_000;
        for (int i = 0; i < rounds; i++) {
            var stage = new CompletableFuture<Integer>();
            var future = Future.from(stage);
            var woken = new Semaphore(0);
            var context = Context.of(woken::release);
            int value = i;
            var completer = Thread.ofVirtual().start(() -> stage.complete(value));
            Poll<Integer> poll;
            while (!(poll = future.poll(context)).isReady()) {
                assertTrue(woken.tryAcquire(20, TimeUnit.SECONDS), "lost wake-up in round " + i);
            }
            assertEquals(Poll.ready(i), poll);
            completer.join();
        }
    }
}
