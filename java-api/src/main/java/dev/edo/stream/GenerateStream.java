package dev.edo.stream;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Stream#generate} returns; stands behind every stream whose elements come from one future
 * each.
 */
final class GenerateStream<T> implements Stream<T> {
    private final SizeHint hint;

    /** Null once this has ended. */
    private @Nullable Supplier<? extends Future<? extends @Nullable T>> generator;

    private @Nullable Future<? extends @Nullable T> running;

    GenerateStream(Supplier<? extends Future<? extends @Nullable T>> generator, SizeHint hint) {
        this.generator = Objects.requireNonNull(generator, "generator");
        this.hint = hint;
    }

    @Override
    public @Nullable T pollNext(Context cx) throws Exception {
        var future = running;
        if (future == null) {
            var from = generator;
            if (from == null) {
                return null;
            }
            future = NullElement.rejected(from.get(), "generate()");
            running = future;
        }
        boolean ended = true;
        try {
            var poll = future.poll(cx);
            ended = poll.isReady();
            if (!(poll instanceof Poll.Ready(var element))) {
                return null;
            }
            if (element == null) {
                generator = null;
            }
            return element;
        } finally {
            if (ended) {
                running = null;
            }
        }
    }

    @Override
    public boolean isTerminated() {
        return generator == null;
    }

    @Override
    public void cancel() {
        generator = null;
        var future = running;
        if (future != null) {
            running = null;
            future.cancel();
        }
    }

    @Override
    public SizeHint sizeHint() {
        return generator == null ? SizeHint.NONE : hint;
    }
}
