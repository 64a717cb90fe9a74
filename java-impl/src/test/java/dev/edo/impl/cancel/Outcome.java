package dev.edo.impl.cancel;

import org.jspecify.annotations.Nullable;

/**
 * How a future ended.
 *
 * @param completed whether it completed before it was cancelled
 * @param value its value then, or the exception that it failed with
 * @param provoked how many of the things that it waited for have come about
 * @param seen how many of these before its last poll, so that it could take them
 */
record Outcome(boolean completed, @Nullable Object value, int provoked, int seen) {
    /** How many of something the future has got: one, or nothing. */
    int one() {
        return completed ? 1 : 0;
    }

    /** Gives back what the future had been given, as its user would. */
    void closeValue() throws Exception {
        if (value instanceof AutoCloseable held) {
            held.close();
        }
    }
}
