package dev.edo.future;

import dev.edo.internal.SpentFuture;
import dev.edo.runtime.Handle;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The task behind {@link Future#toCompletableFuture()}: polls a future and completes the
 * {@link CompletableFuture} with what comes of it.
 *
 * <p>Invariants: whatever ends the task also completes the target, and whatever else completes the
 * target aborts the task. {@code completing} tells the two apart: the task's thread sets it before
 * it completes the target, and the dependent that aborts reads it after; where another thread
 * completes the target at the same moment it may read either, which costs one abort of a task that
 * is ending anyway.
 *
 * @param <T> the type of the value
 */
final class CompletingFuture<T extends @Nullable Object> implements Future<@Nullable Void> {
    private final Future<T> source;
    private final CompletableFuture<T> target = new CompletableFuture<>();
    private boolean completing;

    private CompletingFuture(Future<T> source) {
        this.source = source;
    }

    static <T extends @Nullable Object> CompletableFuture<T> spawn(Future<T> source, Handle handle) {
        var future = new CompletingFuture<>(source);
        var task = handle.spawn(future);
        var unused = future.target.whenComplete((value, failure) -> {
            if (!future.completing) {
                task.abort();
            }
        });
        if (task.isFinished()) {
            future.target.cancel(true); // unless it is done: the runtime has shut down and cancelled the task
        }
        return future.target;
    }

    @Override
    public Poll<@Nullable Void> poll(Context cx) {
        if (completing) {
            throw SpentFuture.polledAgain("toCompletableFuture");
        }
        try {
            switch (source.poll(cx)) {
                case Poll.Pending<T> pending -> {
                    return Poll.pending();
                }
                case Poll.Ready<T>(var value) -> {
                    completing = true;
                    target.complete(value);
                }
            }
        } catch (Throwable t) {
            completing = true;
            target.completeExceptionally(t);
        }
        return Poll.ready();
    }

    @Override
    public void cancel() {
        if (!completing) {
            completing = true;
            try {
                source.cancel();
            } finally {
                target.cancel(true);
            }
        }
    }
}
