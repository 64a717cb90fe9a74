package dev.edo.bench.channel;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.sync.Notify;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Tells a sender when all receivers have had the message. */
final class WaitGroup {
    private final AtomicInteger left = new AtomicInteger();
    private final Notify over = new Notify();
    private @Nullable Future<@Nullable Void> waiting;

    /** Begins a round. */
    void begin(int receivers) {
        int before = left.getAndAdd(receivers);
        if (before != 0) {
            throw new IllegalStateException(before + " receivers of the last round are left");
        }
    }

    /** A receiver has had the message. */
    void done() {
        if (left.getAndAdd(-1) == 1) {
            over.notifyOne();
        }
    }

    /** {@return whether all have; only one task waits at a time} */
    Poll<@Nullable Void> poll(Context cx) throws Exception {
        for (;;) {
            var current = waiting;
            if (current == null) {
                if (left.get() == 0) {
                    return Poll.ready();
                }
                current = over.notified();
                waiting = current;
            }
            if (!current.poll(cx).isReady()) {
                return Poll.pending();
            }
            waiting = null;
        }
    }

    /** The same in direct style. */
    void await() {
        while (left.get() > 0) {
            over.notified().await();
        }
    }
}
