package dev.edo.task;

import dev.edo.future.Context;
import dev.edo.future.Poll;
import dev.edo.future.Waker;
import org.jspecify.annotations.Nullable;

/** A task that the test ends. */
final class FakeTask<T extends @Nullable Object> implements JoinHandle<T> {
    private static long ids;

    private final TaskId id = new TaskId(++ids);
    private @Nullable JoinResult<T> result;
    private @Nullable Waker waker;
    int polls;
    int aborts;

    /** What an abort throws, against the contract. */
    @Nullable RuntimeException abortFailure;

    /** Whether somebody else has had the result. */
    boolean isTaken;

    void complete(T value) {
        end(new JoinResult.Completed<>(id, value));
    }

    void fail(Throwable failure) {
        end(new JoinResult.Failed<>(JoinError.panicked(id, failure)));
    }

    void endCancelled() {
        end(new JoinResult.Failed<>(JoinError.cancelled(id)));
    }

    private void end(JoinResult<T> how) {
        result = how;
        wake();
    }

    /** Wakes who waits, for nothing if it has not ended. */
    void wake() {
        var woken = waker;
        waker = null;
        if (woken != null) {
            woken.wake();
        }
    }

    boolean isAwaited() {
        return waker != null;
    }

    @Override
    public Poll<T> poll(Context cx) throws JoinError {
        polls++;
        if (isTaken) {
            throw new IllegalStateException("the result was taken before");
        }
        var ended = result;
        if (ended == null) {
            waker = cx.waker();
            return Poll.pending();
        }
        return Poll.ready(ended.get());
    }

    @Override
    public void cancel() {
        waker = null;
    }

    @Override
    public void abort() {
        aborts++;
        if (abortFailure != null) {
            throw abortFailure;
        }
    }

    @Override
    public AbortHandle abortHandle() {
        return this;
    }

    @Override
    public boolean isFinished() {
        return result != null;
    }

    @Override
    public TaskId id() {
        return id;
    }
}
