package dev.edo.fs;

import dev.edo.future.Context;
import dev.edo.future.IoFuture;
import dev.edo.future.Poll;
import dev.edo.internal.SpentFuture;
import org.jspecify.annotations.Nullable;

/** What is known already, where other objects have to ask. */
final class KnownFuture<T> implements IoFuture<T> {
    /** Null when this completed or was cancelled. */
    private @Nullable T value;

    KnownFuture(T value) {
        this.value = value;
    }

    @Override
    public Poll<T> poll(Context cx) {
        var known = value;
        if (known == null) {
            throw SpentFuture.polledAgain();
        }
        value = null;
        return Poll.ready(known);
    }

    @Override
    public void cancel() {
        value = null;
    }
}
