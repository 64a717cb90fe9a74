package dev.edo.stream;

import java.util.Objects;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** What {@link Stream#fold} returns. */
final class FoldFuture<T, A extends @Nullable Object> extends DrainFuture<T, A> {
    private final BiFunction<? super A, ? super T, ? extends A> folder;
    private A accumulated;

    FoldFuture(Stream<T> source, A initial, BiFunction<? super A, ? super T, ? extends A> folder) {
        super("fold", source, true);
        this.accumulated = initial;
        this.folder = Objects.requireNonNull(folder, "folder");
    }

    @Override
    boolean accept(T element) {
        accumulated = folder.apply(accumulated, element);
        return true;
    }

    @Override
    A result() {
        return accumulated;
    }
}
