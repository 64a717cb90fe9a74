package dev.edo.future;

import dev.edo.internal.SpentFuture;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Future#from} returns.
 *
 * <p>Algorithm: a {@link CompletableFuture} cannot forget a dependent, so this adds one only, at
 * the first pending poll, which wakes whoever polled last. The poller writes {@code waker} and then
 * looks whether the stage is done; the stage completes and then the dependent reads {@code waker}.
 * All four accesses are volatile, so one of the two sees the other.
 *
 * <p>{@code waker}: written by the poller and by {@code cancel()}, read by the thread that
 * completes the stage.
 *
 * @param <T> the type of the value
 */
final class StageFuture<T extends @Nullable Object>
        implements Future<T>, BiConsumer<@Nullable Object, @Nullable Throwable> {
    private @Nullable CompletableFuture<T> stage;
    private boolean subscribed;
    private volatile @Nullable Waker waker;

    StageFuture(CompletionStage<T> stage) {
        this.stage = completable(Objects.requireNonNull(stage, "stage"));
    }

    @Override
    public Poll<T> poll(Context cx) throws Exception {
        var running = stage;
        if (running == null) {
            throw SpentFuture.polledAgain("Future.from");
        }
        if (!cx.pollProceed()) {
            return Poll.pending();
        }
        if (!running.isDone() && register(running, cx.waker())) {
            return Poll.pending();
        }
        cx.madeProgress();
        stage = null;
        waker = null;
        return switch (running.state()) {
            case SUCCESS -> Poll.ready(running.resultNow());
            case FAILED -> throw Failure.raise(running.exceptionNow());
            default -> Poll.ready(running.join());
        };
    }

    private boolean register(CompletableFuture<T> running, Waker newWaker) {
        if (waker != newWaker) {
            waker = newWaker;
        }
        if (!subscribed) {
            subscribed = true;
            var unused = running.whenComplete(this);
        }
        return !running.isDone();
    }

    /** The stage has completed; runs on the thread that completed it. */
    @Override
    public void accept(@Nullable Object value, @Nullable Throwable failure) {
        var waiting = waker;
        if (waiting != null) {
            waiting.wake();
        }
    }

    @Override
    public void cancel() {
        var running = stage;
        if (running != null) {
            stage = null;
            waker = null;
            running.cancel(true);
        }
    }

    private static <T extends @Nullable Object> CompletableFuture<T> completable(
            CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture();
        } catch (UnsupportedOperationException e) {
            var copy = new CompletableFuture<T>();
            stage.whenComplete((value, failure) -> {
                if (failure != null) {
                    copy.completeExceptionally(failure);
                } else {
                    copy.complete(value);
                }
            });
            return copy;
        }
    }
}
