package dev.edo.stream;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Stream#then} returns.
 *
 * <p>Invariants: {@code running} is the future of the element in hand; while there is one, the source
 * is not polled.
 */
final class ThenStream<T, R> implements Stream<R> {
    private final Stream<T> source;
    private final Function<? super T, ? extends Future<? extends R>> next;
    private @Nullable Future<? extends R> running;

    ThenStream(Stream<T> source, Function<? super T, ? extends Future<? extends R>> next) {
        this.source = source;
        this.next = Objects.requireNonNull(next, "next");
    }

    @Override
    public @Nullable R pollNext(Context cx) throws Exception {
        var future = running;
        if (future == null) {
            var element = source.pollNext(cx);
            if (element == null) {
                return null;
            }
            future = NullElement.rejected(next.apply(element), "then()");
            running = future;
        }
        boolean ended = true;
        try {
            var poll = future.poll(cx);
            ended = poll.isReady();
            return poll instanceof Poll.Ready(var value)
                    ? NullElement.rejectedFrom(value, "the future made by the function given to then()")
                    : null;
        } finally {
            if (ended) {
                running = null;
            }
        }
    }

    @Override
    public boolean isTerminated() {
        return running == null && source.isTerminated();
    }

    @Override
    public void cancel() {
        var future = running;
        running = null;
        try {
            if (future != null) {
                future.cancel();
            }
        } catch (Throwable t) {
            StreamFailure.cancelAfter(t, source::cancel);
            throw t;
        }
        source.cancel();
    }

    @Override
    public SizeHint sizeHint() {
        return source.sizeHint().plus(running == null ? 0 : 1);
    }
}
