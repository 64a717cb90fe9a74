package dev.edo.metrics;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.future.Waker;
import org.jspecify.annotations.Nullable;

/** A future that does in its polls what the test says, and registers the waker first. */
final class ScriptedFuture implements Future<@Nullable String> {
    /** What a poll does. */
    @FunctionalInterface
    interface Step {
        @Nullable Poll<@Nullable String> poll(Context cx) throws Exception;
    }

    Step step = cx -> Poll.pending();
    @Nullable Waker registered;
    int cancels;

    @Override
    @SuppressWarnings("NullAway") // a test has it return null, which is against the contract
    public Poll<@Nullable String> poll(Context cx) throws Exception {
        registered = cx.waker();
        return step.poll(cx);
    }

    @Override
    public void cancel() {
        cancels++;
    }

    Waker registered() {
        var waker = registered;
        if (waker == null) {
            throw new AssertionError("not polled yet");
        }
        return waker;
    }
}
