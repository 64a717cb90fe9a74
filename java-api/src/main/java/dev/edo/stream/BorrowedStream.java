package dev.edo.stream;

import dev.edo.future.Context;
import org.jspecify.annotations.Nullable;

/** What {@link Stream#byRef} returns. */
final class BorrowedStream<T> implements Stream<T> {
    private final Stream<T> source;
    private boolean givenBack;

    BorrowedStream(Stream<T> source) {
        this.source = source;
    }

    @Override
    public @Nullable T pollNext(Context cx) throws Exception {
        return givenBack ? null : source.pollNext(cx);
    }

    @Override
    public boolean isTerminated() {
        return givenBack || source.isTerminated();
    }

    @Override
    public void cancel() {
        givenBack = true;
    }

    @Override
    public SizeHint sizeHint() {
        return givenBack ? SizeHint.NONE : source.sizeHint();
    }
}
