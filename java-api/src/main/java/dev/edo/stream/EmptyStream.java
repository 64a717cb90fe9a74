package dev.edo.stream;

import dev.edo.future.Context;
import org.jspecify.annotations.Nullable;

/** The one value of {@link Stream#empty}. */
final class EmptyStream implements Stream<Object> {
    static final EmptyStream INSTANCE = new EmptyStream();

    private EmptyStream() {}

    @Override
    public @Nullable Object pollNext(Context cx) {
        return null;
    }

    @Override
    public boolean isTerminated() {
        return true;
    }

    @Override
    public void cancel() {
        // has ended
    }

    @Override
    public SizeHint sizeHint() {
        return SizeHint.NONE;
    }
}
