package dev.edo.task;

import dev.edo.future.Await;
import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.runtime.Handle;
import java.nio.channels.ClosedByInterruptException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Scope} on the calling thread: runs the body, then waits for the tasks whatever happens.
 *
 * <p>Algorithm: the wait is an ordinary {@code await}, which drives a current-thread runtime. Where
 * it is interrupted, the tasks are aborted, the interrupt is put aside until they have ended, and
 * the wait goes on. An await that fails all the same (the waiting task itself was aborted, the
 * runtime has shut down) is replaced by a bare park: the tasks end on other threads then, or on
 * this one's carrier.
 */
final class ScopeCall implements Future<@Nullable Void> {
    private final Scope scope;

    private ScopeCall(Scope scope) {
        this.scope = scope;
    }

    static <T extends @Nullable Object> T call(Scope.Body<T> body) throws Exception {
        var handle = Handle.current();
        // throws where a wait would not be allowed
        Await.<@Nullable Void, RuntimeException>await(Future.ready(null));
        var bodyInterrupt = new BodyInterrupt();
        var scope = new Scope(handle, bodyInterrupt);
        T value = null;
        Throwable thrown = null;
        try {
            value = body.call(scope);
        } catch (Throwable t) {
            thrown = t;
        }
        bodyInterrupt.end();
        scope.bodyEnded(thrown);
        var interruption = new ScopeCall(scope).awaitEnd();
        var failure = scope.failure();
        if (failure != null) {
            if (interruption != null) {
                failure.addSuppressed(interruption);
            }
            throw raise(failure);
        }
        if (interruption != null) {
            throw interruption;
        }
        @SuppressWarnings("NullAway") // the body returned it
        T result = value;
        return result;
    }

    /** Returns when the scope has ended; what ended the wait before its time, or null. */
    private @Nullable RuntimeException awaitEnd() {
        RuntimeException first = null;
        boolean interrupted = false;
        while (!scope.hasEnded()) {
            try {
                Await.<@Nullable Void, RuntimeException>await(Future.of(this));
            } catch (RuntimeException e) {
                boolean again = e instanceof CancellationException && (first == null || isInterrupted());
                if (first == null) {
                    first = e;
                    scope.cancel();
                }
                interrupted |= Thread.interrupted();
                if (!again) {
                    interrupted |= parkUntilEnded();
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return first;
    }

    private static boolean isInterrupted() {
        return Thread.currentThread().isInterrupted();
    }

    private boolean parkUntilEnded() {
        var thread = Thread.currentThread();
        boolean interrupted = false;
        scope.register(() -> LockSupport.unpark(thread));
        while (!scope.hasEnded()) {
            LockSupport.park(scope);
            interrupted |= Thread.interrupted();
        }
        return interrupted;
    }

    @Override
    public Poll<@Nullable Void> poll(Context cx) {
        scope.register(cx.waker());
        return scope.hasEnded() ? Poll.ready() : Poll.pending();
    }

    /** Whether an exception says that a wait was given up. */
    static boolean isCancellation(Throwable thrown) {
        return thrown instanceof CancellationException
                || thrown instanceof InterruptedException
                || thrown instanceof ClosedByInterruptException;
    }

    /** Throws a failure as it is; never returns. */
    static Exception raise(Throwable failure) throws Exception {
        switch (failure) {
            case Exception exception -> throw exception;
            case Error error -> throw error;
            default -> throw new CompletionException(failure);
        }
    }
}
