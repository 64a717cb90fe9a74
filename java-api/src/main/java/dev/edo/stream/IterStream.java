package dev.edo.stream;

import dev.edo.future.Context;
import java.util.Collection;
import java.util.Iterator;
import java.util.stream.BaseStream;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Stream#iter} returns. Its elements are always there, so it is the budget that makes its
 * consumer pause.
 */
final class IterStream<T> implements Stream<T> {
    private static final long UNKNOWN = -1;

    /** Null once this has ended. */
    private @Nullable Iterator<? extends T> iterator;

    private @Nullable BaseStream<?, ?> resource;
    private long remaining;

    private IterStream(
            Iterator<? extends T> iterator, long remaining, @Nullable BaseStream<?, ?> resource) {
        this.iterator = iterator;
        this.remaining = remaining;
        this.resource = resource;
    }

    static <T> IterStream<T> of(Iterable<? extends T> elements) {
        long size = elements instanceof Collection<?> collection ? collection.size() : UNKNOWN;
        return new IterStream<>(elements.iterator(), size, null);
    }

    static <T> IterStream<T> of(Iterator<? extends T> elements) {
        return new IterStream<>(elements, UNKNOWN, null);
    }

    static <T> IterStream<T> of(BaseStream<? extends T, ?> elements) {
        return new IterStream<>(elements.iterator(), UNKNOWN, elements);
    }

    @Override
    public @Nullable T pollNext(Context cx) {
        var elements = iterator;
        if (elements == null || !cx.pollProceed()) {
            return null;
        }
        cx.madeProgress();
        if (!elements.hasNext()) {
            cancel();
            return null;
        }
        T element = elements.next();
        if (remaining > 0) {
            remaining--;
        }
        return NullElement.rejectedFrom(element, "the iterator");
    }

    @Override
    public boolean isTerminated() {
        return iterator == null;
    }

    @Override
    public void cancel() {
        iterator = null;
        var closed = resource;
        if (closed != null) {
            resource = null;
            closed.close();
        }
    }

    @Override
    public SizeHint sizeHint() {
        if (iterator == null) {
            return SizeHint.NONE;
        }
        return remaining == UNKNOWN ? SizeHint.UNKNOWN : SizeHint.exactly(remaining);
    }
}
