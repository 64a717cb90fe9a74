package dev.edo.impl.sync;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import org.jspecify.annotations.Nullable;

/**
 * A stackless future that gets a guard, waits for something else with it, and closes it however
 * that ends.
 */
final class Holding implements Future<@Nullable Void> {
    private final Future<? extends AutoCloseable> acquire;
    private final Future<?> body;
    private @Nullable AutoCloseable guard;
    private boolean ended;

    Holding(Future<? extends AutoCloseable> acquire, Future<?> body) {
        this.acquire = acquire;
        this.body = body;
    }

    @Override
    public Poll<@Nullable Void> poll(Context cx) throws Exception {
        if (guard == null) {
            if (!(acquire.poll(cx) instanceof Poll.Ready<? extends AutoCloseable>(var acquired))) {
                return Poll.pending();
            }
            guard = acquired;
        }
        if (!body.poll(cx).isReady()) {
            return Poll.pending();
        }
        ended = true;
        guard.close();
        return Poll.ready();
    }

    @Override
    public void cancel() {
        if (ended) {
            return;
        }
        ended = true;
        if (guard == null) {
            acquire.cancel();
            return;
        }
        body.cancel();
        try {
            guard.close();
        } catch (Exception e) {
            throw new AssertionError("a guard's close() threw", e);
        }
    }
}
