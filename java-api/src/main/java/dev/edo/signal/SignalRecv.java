package dev.edo.signal;

import dev.edo.future.Context;
import dev.edo.future.InfallibleFuture;
import dev.edo.future.Poll;
import dev.edo.sync.WatchFuture;
import dev.edo.sync.WatchRecvError;
import org.jspecify.annotations.Nullable;

/** One {@link Signal#recv()}: the wait for the next snapshot of a channel that is never closed. */
final class SignalRecv implements InfallibleFuture<@Nullable Void> {
    private final WatchFuture<@Nullable Void> changed;

    SignalRecv(WatchFuture<@Nullable Void> changed) {
        this.changed = changed;
    }

    @Override
    public Poll<@Nullable Void> poll(Context cx) {
        try {
            return changed.poll(cx);
        } catch (WatchRecvError e) {
            throw new AssertionError("the sender of signals, which lives as long as the process, is closed", e);
        }
    }

    @Override
    public void cancel() {
        changed.cancel();
    }
}
