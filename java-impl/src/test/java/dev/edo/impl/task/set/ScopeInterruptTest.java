package dev.edo.impl.task.set;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.future.Waker;
import dev.edo.impl.contract.Eventually;
import dev.edo.runtime.EdoRuntime;
import dev.edo.task.AbortHandle;
import dev.edo.task.JoinError;
import dev.edo.task.JoinHandle;
import dev.edo.task.Scope;
import dev.edo.task.TaskId;
import java.io.IOException;
import java.nio.channels.spi.AbstractInterruptibleChannel;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ScopeInterruptTest {
    /** The body waits on the thread that sleeps in the drivers, and a child fails on another one. */
    @Test
    void aFailureWakesTheBodyInTheDriversWithoutATaskThatNobodySpawned() throws Exception {
        var boom = new IOException("boom");
        try (var runtime = EdoRuntime.builder().currentThread().enableAll().build()) {
            var error = assertThrows(JoinError.class, () -> runtime.blockOn(() -> Scope.call(scope -> {
                var _ = scope.spawnBlocking(() -> {
                    throw boom;
                });
                return Future.<Integer>pending().await();
            })));
            assertSame(boom, error.getCause());
            assertEquals(0, runtime.metrics().spawnedTasksCount());
        }
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

    /** The interrupt closes the channel that the body is in, and the body ends: it must not wait for the interrupt. */
    @Test
    void aFailureEndsABodyInAChannelThatThrows() throws Exception {
        var boom = new IOException("boom");
        var channel = new UnclosableChannel();
        try (var runtime = EdoRuntime.builder().multiThread().workerThreads(1).enableAll().build()) {
            var error = Eventually.returns("the end of the scope", () -> assertThrows(JoinError.class,
                    () -> runtime.blockOn(() -> Scope.call(scope -> {
                        channel.enter();
                        var _ = scope.spawnBlocking(() -> {
                            throw boom;
                        });
                        while (!Thread.currentThread().isInterrupted()) {
                            LockSupport.park(scope);
                        }
                        return 1;
                    }))));
            assertSame(boom, error.getCause());
        }
    }

    /** A virtual thread is unparked at the end of an interrupt, which this one does not reach. */
    @Test
    void aFailureWakesABodyInDirectStyleThatWaitsInAChannelThatThrows() throws Exception {
        var boom = new IOException("boom");
        var channel = new UnclosableChannel();
        try (var runtime = EdoRuntime.builder().multiThread().workerThreads(2).enableAll().build()) {
            var error = Eventually.returns("the end of the scope", () -> assertThrows(JoinError.class,
                    () -> runtime.blockOn(() -> runtime.spawn(() -> Scope.call(scope -> {
                        var body = Thread.currentThread();
                        channel.enter();
                        var _ = scope.spawnBlocking(() -> {
                            while (body.getState() != Thread.State.WAITING) {
                                Thread.onSpinWait();
                            }
                            throw boom;
                        });
                        return Future.<Integer>pending().await();
                    })).await())));
            assertSame(boom, ((JoinError) error.getCause()).getCause());
        }
    }

    /** A task by other means, which ends when it is aborted and throws all the same. */
    private static final class ThrowingTask implements JoinHandle<Integer> {
        private final TaskId id = new TaskId(1);
        private @Nullable Waker joiner;
        private boolean aborted;

        @Override
        public synchronized Poll<Integer> poll(Context cx) throws JoinError {
            if (aborted) {
                throw JoinError.cancelled(id);
            }
            joiner = cx.waker();
            return Poll.pending();
        }

        @Override
        public void abort() {
            Waker woken;
            synchronized (this) {
                aborted = true;
                woken = joiner;
            }
            if (woken != null) {
                woken.wake();
            }
            throw new IllegalStateException("abort");
        }

        @Override
        public AbortHandle abortHandle() {
            return this;
        }

        @Override
        public synchronized boolean isFinished() {
            return aborted;
        }

        @Override
        public TaskId id() {
            return id;
        }
    }

    @Test
    void aFailureEndsTheBodyAndTheOtherTasksBehindATaskWhoseAbortThrows() throws Exception {
        var boom = new IOException("boom");
        try (var runtime = EdoRuntime.builder().multiThread().workerThreads(1).enableAll().build()) {
            var error = Eventually.returns("the end of the scope", () -> assertThrows(JoinError.class,
                    () -> runtime.blockOn(() -> Scope.call(scope -> {
                        var _ = scope.spawn(Future.<Integer>pending());
                        var _ = scope.adopt(ThrowingTask::new);
                        var _ = scope.spawn(Future.<Integer>pending());
                        var _ = scope.spawnBlocking(() -> {
                            throw boom;
                        });
                        return Future.<Integer>pending().await();
                    }))));
            assertSame(boom, error.getCause());
        }
    }
}
