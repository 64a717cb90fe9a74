package dev.edo.future;

import org.jspecify.annotations.Nullable;

/** A branch that a select leaves out; elsewhere it never completes. */
enum DisabledFuture implements Future<@Nullable Object> {
    INSTANCE;

    @Override
    public Poll<@Nullable Object> poll(Context cx) {
        return Poll.pending();
    }
}
