package dev.edo.sync;

import dev.edo.future.Context;
import dev.edo.future.Poll;
import dev.edo.internal.SpentFuture;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Waits for a value that fulfils a condition.
 *
 * <p>Algorithm: the current value is looked at in the first poll, seen or not; after that each new
 * one is, once. A poll that finds another value behind one that it has refused counts each of these,
 * so that a sender which is faster than the condition does not keep the task from yielding.
 *
 * @param <T> the type of the value
 */
final class WatchWaitForFuture<T extends @Nullable Object> extends GroupWait implements WatchFuture<T> {
    private final WatchReceiver<T> receiver;
    private final Predicate<? super T> condition;
    private boolean looked;
    private boolean ended;

    WatchWaitForFuture(WatchReceiver<T> receiver, Predicate<? super T> condition) {
        this.receiver = receiver;
        this.condition = Objects.requireNonNull(condition, "condition");
    }

    @Override
    public Poll<T> poll(Context cx) throws WatchRecvError {
        if (ended) {
            throw SpentFuture.polledAgain();
        }
        if (!cx.pollProceed()) {
            return Poll.pending();
        }
        boolean over = true;
        try {
            var found = look(cx);
            over = found.isReady();
            return found;
        } finally {
            if (over) {
                cx.madeProgress();
                cancel();
            }
        }
    }

    private Poll<T> look(Context cx) throws WatchRecvError {
        boolean refused = false;
        while (true) {
            var current = receiver.channel().snapshot();
            if (refused && !receiver.hasSeen(current)) {
                cx.madeProgress();
                if (!cx.pollProceed()) {
                    return Poll.pending();
                }
            }
            boolean unseen = receiver.see(current);
            if (unseen || !looked) {
                looked = true;
                if (condition.test(current.value)) {
                    return Poll.ready(current.value);
                }
                refused = true;
            } else if (current.isClosed()) {
                throw new WatchRecvError();
            } else if (!waitIn(receiver.group(), cx.waker())) {
                return Poll.pending();
            }
        }
    }

    @Override
    public void cancel() {
        ended = true;
        leave();
    }
}
