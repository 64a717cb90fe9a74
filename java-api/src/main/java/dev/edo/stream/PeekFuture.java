package dev.edo.stream;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import org.jspecify.annotations.Nullable;

/** One {@link Peekable#peek()}. */
final class PeekFuture<T> implements Future<@Nullable T> {
    private @Nullable Peekable<T> stream;

    PeekFuture(Peekable<T> stream) {
        this.stream = stream;
    }

    @Override
    public Poll<@Nullable T> poll(Context cx) throws Exception {
        var peeked = stream;
        if (peeked == null) {
            throw StreamFailure.polledAfterEnd("peek");
        }
        boolean ended = true;
        try {
            var element = peeked.pollPeek(cx);
            ended = element != null || peeked.isTerminated();
            return ended ? Poll.ready(element) : Poll.pending();
        } finally {
            if (ended) {
                stream = null;
            }
        }
    }

    @Override
    public void cancel() {
        stream = null;
    }
}
