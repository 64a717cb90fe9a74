package dev.edo.internal;

import org.jspecify.annotations.Nullable;

/** What several steps failed with, each of which is taken whatever the others do: the first failure. */
public final class FirstFailure {
    private FirstFailure() {}

    /** {@return the first failure, with a later one suppressed in it} */
    public static Throwable with(@Nullable Throwable first, Throwable later) {
        if (first == null) {
            return later;
        }
        if (first != later) {
            first.addSuppressed(later);
        }
        return first;
    }
}
