package dev.edo.fs;

import dev.edo.future.Context;
import dev.edo.future.Poll;
import dev.edo.future.Waker;
import dev.edo.internal.BlockingCalls;
import dev.edo.task.AbortHandle;
import dev.edo.task.JoinError;
import dev.edo.task.JoinHandle;
import dev.edo.task.TaskId;
import java.util.ArrayDeque;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** A blocking pool whose jobs run when the test says so. */
final class HandPool implements BlockingCalls {
    private final ArrayDeque<Job<?>> queue = new ArrayDeque<>();
    private boolean isShutDown;
    private long ids;

    @Override
    public <T extends @Nullable Object> JoinHandle<T> spawn(Callable<T> call) {
        var job = new Job<>(new TaskId(++ids), call, false);
        if (isShutDown) {
            job.drop();
        } else {
            queue.add(job);
        }
        return job;
    }

    @Override
    public <T extends @Nullable Object> @Nullable JoinHandle<T> spawnMandatory(Callable<T> call) {
        if (isShutDown) {
            return null;
        }
        var job = new Job<>(new TaskId(++ids), call, true);
        queue.add(job);
        return job;
    }

    int size() {
        return queue.size();
    }

    void runOne() {
        queue.remove().run();
    }

    /** Drops what may be dropped; the rest still runs. */
    void shutDown() {
        isShutDown = true;
        queue.removeIf(job -> !job.mandatory && job.drop());
    }

    private static final class Job<T extends @Nullable Object> implements JoinHandle<T> {
        private final TaskId id;
        private final Callable<T> call;
        private final boolean mandatory;
        private @Nullable Poll<T> result;
        private @Nullable JoinError failure;
        private @Nullable Waker waker;

        Job(TaskId id, Callable<T> call, boolean mandatory) {
            this.id = id;
            this.call = call;
            this.mandatory = mandatory;
        }

        void run() {
            try {
                result = Poll.ready(call.call());
            } catch (Throwable e) {
                failure = JoinError.panicked(id, e);
            }
            wakeWaiting();
        }

        boolean drop() {
            failure = JoinError.cancelled(id);
            wakeWaiting();
            return true;
        }

        private void wakeWaiting() {
            if (waker != null) {
                waker.wake();
            }
        }

        @Override
        public Poll<T> poll(Context cx) throws JoinError {
            if (failure != null) {
                throw failure;
            }
            if (result == null) {
                waker = cx.waker();
                return Poll.pending();
            }
            return result;
        }

        @Override
        public void abort() {
            throw new AssertionError("a file aborts nothing");
        }

        @Override
        public AbortHandle abortHandle() {
            return this;
        }

        @Override
        public boolean isFinished() {
            return result != null || failure != null;
        }

        @Override
        public TaskId id() {
            return id;
        }
    }
}
