package dev.edo.stream;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.sync.WatchReceiver;
import dev.edo.sync.WatchRecvError;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Stream#from(WatchReceiver)} and {@link Stream#fromChanges} return.
 *
 * <p>Invariants: {@code changed} is the wait that was begun; a wait that completed has marked a value as
 * seen, which, or a later one, is given at once.
 */
final class WatchStream<T> implements Stream<T> {
    private final WatchReceiver<T> receiver;
    private boolean currentFirst;
    private @Nullable Future<@Nullable Void> changed;
    private boolean ended;

    WatchStream(WatchReceiver<T> receiver, boolean currentFirst) {
        this.receiver = Objects.requireNonNull(receiver, "receiver");
        this.currentFirst = currentFirst;
    }

    @Override
    public @Nullable T pollNext(Context cx) throws Exception {
        if (ended) {
            return null;
        }
        if (currentFirst) {
            if (!cx.pollProceed()) {
                return null;
            }
            cx.madeProgress();
            currentFirst = false;
        } else if (!hasChanged(cx)) {
            return null;
        }
        return NullElement.rejectedFrom(receiver.borrowAndUpdate(), "the watch channel");
    }

    private boolean hasChanged(Context cx) throws Exception {
        var wait = changed;
        if (wait == null) {
            wait = receiver.changed();
            changed = wait;
        }
        try {
            if (!wait.poll(cx).isReady()) {
                return false;
            }
            changed = null;
            return true;
        } catch (WatchRecvError closed) {
            changed = null;
            cancel();
            return false;
        }
    }

    @Override
    public boolean isTerminated() {
        return ended;
    }

    @Override
    public void cancel() {
        ended = true;
        var wait = changed;
        changed = null;
        if (wait != null) {
            wait.cancel();
        }
        receiver.close();
    }
}
