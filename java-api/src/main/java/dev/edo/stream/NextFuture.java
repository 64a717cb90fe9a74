package dev.edo.stream;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.internal.SpentFuture;
import org.jspecify.annotations.Nullable;

/** One {@link Stream#next()}; borrows the stream. */
final class NextFuture<T> implements Future<@Nullable T> {
    private @Nullable Stream<T> stream;

    NextFuture(Stream<T> stream) {
        this.stream = stream;
    }

    @Override
    public Poll<@Nullable T> poll(Context cx) throws Exception {
        var polled = stream;
        if (polled == null) {
            throw SpentFuture.polledAgain("next");
        }
        boolean ended = true;
        try {
            var element = polled.pollNext(cx);
            ended = element != null || polled.isTerminated();
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
