package dev.edo.sync;

import dev.edo.future.Context;
import dev.edo.future.InfallibleFuture;
import dev.edo.future.Poll;
import dev.edo.internal.SpentFuture;
import org.jspecify.annotations.Nullable;

/**
 * Waits until a token is cancelled. It knows no budget, as in tokio-util: a task that has used up its
 * own shall learn all the same that it is time to stop.
 */
final class CancelledFuture extends GroupWait implements InfallibleFuture<@Nullable Void> {
    private final TokenNode node;
    private boolean ended;

    CancelledFuture(TokenNode node) {
        this.node = node;
    }

    @Override
    public Poll<@Nullable Void> poll(Context cx) {
        if (ended) {
            throw SpentFuture.polledAgain();
        }
        if (node.isCancelled() || waitIn(node.waiters, cx.waker()) && node.isCancelled()) {
            cancel();
            return Poll.ready();
        }
        return Poll.pending();
    }

    @Override
    public void cancel() {
        ended = true;
        leave();
    }
}
