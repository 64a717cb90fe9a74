package dev.edo.stream;

import dev.edo.future.Context;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What {@link Stream#once} returns. */
final class OnceStream<T> implements Stream<T> {
    private @Nullable T element;

    OnceStream(T element) {
        this.element = Objects.requireNonNull(element, "element");
    }

    @Override
    public @Nullable T pollNext(Context cx) {
        if (element == null || !cx.pollProceed()) {
            return null;
        }
        cx.madeProgress();
        var taken = element;
        element = null;
        return taken;
    }

    @Override
    public boolean isTerminated() {
        return element == null;
    }

    @Override
    public void cancel() {
        element = null;
    }

    @Override
    public SizeHint sizeHint() {
        return SizeHint.exactly(element == null ? 0 : 1);
    }
}
