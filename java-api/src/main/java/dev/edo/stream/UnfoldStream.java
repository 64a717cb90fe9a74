package dev.edo.stream;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Stream#unfold} returns.
 *
 * <p>Invariants: as long as this has not ended, either {@code state} is set, from which the next step
 * starts, or {@code running} is the step that was started.
 */
final class UnfoldStream<T, S> implements Stream<T> {
    private final Function<
                    ? super S, ? extends Future<? extends @Nullable Unfolded<? extends T, ? extends S>>>
            step;

    private @Nullable S state;
    private @Nullable Future<? extends @Nullable Unfolded<? extends T, ? extends S>> running;

    UnfoldStream(
            S seed,
            Function<? super S, ? extends Future<? extends @Nullable Unfolded<? extends T, ? extends S>>>
                    step) {
        this.state = Objects.requireNonNull(seed, "seed");
        this.step = Objects.requireNonNull(step, "step");
    }

    @Override
    public @Nullable T pollNext(Context cx) throws Exception {
        var future = running;
        if (future == null) {
            var from = state;
            if (from == null) {
                return null;
            }
            state = null;
            future = NullElement.rejected(step.apply(from), "unfold()");
            running = future;
        }
        boolean ended = true;
        try {
            var poll = future.poll(cx);
            ended = poll.isReady();
            return poll instanceof Poll.Ready(var unfolded) && unfolded != null ? taken(unfolded) : null;
        } finally {
            if (ended) {
                running = null;
            }
        }
    }

    private T taken(Unfolded<? extends T, ? extends S> unfolded) {
        T element = NullElement.rejectedFrom(unfolded.element(), "an unfolded step");
        state = NullElement.rejectedFrom(unfolded.state(), "the state of an unfolded step");
        return element;
    }

    @Override
    public boolean isTerminated() {
        return state == null && running == null;
    }

    @Override
    public void cancel() {
        state = null;
        var future = running;
        if (future != null) {
            running = null;
            future.cancel();
        }
    }
}
