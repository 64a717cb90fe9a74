package dev.edo.impl.signal;

import dev.edo.sync.Watch;
import dev.edo.sync.WatchReceiver;
import dev.edo.sync.WatchSender;
import org.jspecify.annotations.Nullable;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/** One kind of signals: who listens to it, and the handler that tells them. */
final class SignalEvent implements SignalHandler {
    final WatchSender<@Nullable Void> arrivals = Watch.sender(null);
    private volatile @Nullable SignalHandler replaced;

    WatchReceiver<?> subscribe() {
        return arrivals.subscribe();
    }

    /** Has a handler of the program's called, too. */
    void chain(SignalHandler handler) {
        replaced = handler;
    }

    /** On a thread that the JVM made for this one signal; several such may be here at once. */
    @Override
    public void handle(@Nullable Signal signal) {
        try {
            arrivals.sendReplace(null); // also where nobody listens: who subscribes takes the version of then
        } finally {
            var before = replaced;
            if (before != null) {
                before.handle(signal);
            }
        }
    }
}
