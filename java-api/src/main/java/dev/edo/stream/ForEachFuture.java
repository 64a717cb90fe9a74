package dev.edo.stream;

import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What {@link Stream#forEach} returns. */
final class ForEachFuture<T> extends DrainFuture<T, @Nullable Void> {
    private final Consumer<? super T> action;

    ForEachFuture(Stream<T> source, Consumer<? super T> action) {
        super("forEach", source, true);
        this.action = Objects.requireNonNull(action, "action");
    }

    @Override
    boolean accept(T element) {
        action.accept(element);
        return true;
    }

    @Override
    @Nullable Void result() {
        return null;
    }
}
