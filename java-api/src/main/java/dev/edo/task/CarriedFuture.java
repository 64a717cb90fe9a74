package dev.edo.task;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A future that is polled, and cancelled, with scoped values bound. The bindings and what they run
 * are made once.
 *
 * @param <R> the type of the value
 */
class CarriedFuture<R extends @Nullable Object> implements Future<R> {
    private final ScopedValue.Carrier carrier;
    private final Future<R> future;
    private final ScopedValue.CallableOp<Poll<R>, Exception> pollOnce;
    private @Nullable Context cx;

    CarriedFuture(ScopedValue.Carrier carrier, Future<R> future) {
        this.carrier = carrier;
        this.future = Objects.requireNonNull(future, "future");
        this.pollOnce = () -> future.poll(Objects.requireNonNull(cx));
    }

    @Override
    public Poll<R> poll(Context context) throws Exception {
        cx = context;
        try {
            return carrier.call(pollOnce);
        } finally {
            cx = null;
        }
    }

    @Override
    public void cancel() {
        carrier.run(future::cancel);
    }
}
