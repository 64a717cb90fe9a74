package dev.edo.future;

import dev.edo.internal.SpentFuture;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Future#then} returns.
 *
 * <p>Invariants: {@code running} is the future to poll or to cancel, and null once this one has
 * ended; {@code next} is null once {@code running} is the second future.
 *
 * @param <T> the type of the first future's value
 * @param <R> the type of the second future's value
 */
final class ThenFuture<T extends @Nullable Object, R extends @Nullable Object> implements Future<R> {
    private @Nullable Future<?> running;
    private @Nullable Function<? super T, ? extends Future<? extends R>> next;

    ThenFuture(Future<T> first, Function<? super T, ? extends Future<? extends R>> next) {
        this.running = first;
        this.next = Objects.requireNonNull(next, "next");
    }

    @Override
    @SuppressWarnings("unchecked") // running is the first future as long as next is set
    public Poll<R> poll(Context cx) throws Exception {
        var future = running;
        if (future == null) {
            throw SpentFuture.polledAgain("then");
        }
        boolean ended = true;
        try {
            var poll = future.poll(cx);
            var makeSecond = next;
            if (makeSecond != null && poll instanceof Poll.Ready(var value)) {
                next = null;
                var second = makeSecond.apply((T) value);
                running = Objects.requireNonNull(second, "the function given to then() returned null");
                poll = second.poll(cx);
            }
            ended = poll.isReady();
            return (Poll<R>) poll;
        } finally {
            if (ended) {
                running = null;
                next = null;
            }
        }
    }

    @Override
    public void cancel() {
        var future = running;
        if (future != null) {
            running = null;
            future.cancel();
        }
    }
}
