package dev.edo.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.future.Waker;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A future with a waker that counts, polled by hand. Not synchronized: only the wake-ups may come
 * from other threads.
 *
 * @param <T> the type of the future's value
 */
final class FakeTask<T extends @Nullable Object> {
    private final Future<T> future;
    private AtomicInteger wakes = new AtomicInteger();
    private Context cx;

    private FakeTask(Future<T> future) {
        this.future = future;
        this.cx = counting(wakes);
    }

    static <T extends @Nullable Object> FakeTask<T> of(Future<T> future) {
        return new FakeTask<>(future);
    }

    private static Context counting(AtomicInteger count) {
        Waker waker = count::incrementAndGet;
        return Context.of(waker);
    }

    Poll<T> poll() throws Exception {
        return future.poll(cx);
    }

    FakeTask<T> staysPending() throws Exception {
        assertEquals(Poll.pending(), poll());
        return this;
    }

    T completes() throws Exception {
        return switch (poll()) {
            case Poll.Ready<T>(var value) -> value;
            case Poll.Pending<T> _ -> throw new AssertionError("pending, but must be ready: " + future);
        };
    }

    <X extends Exception> X fails(Class<X> type) {
        return assertThrows(type, this::poll);
    }

    /** How often the waker was called since this was asked last. */
    int wakes() {
        return wakes.getAndSet(0);
    }

    /** From now on another task polls; wake-ups of the former are counted by what this returns. */
    AtomicInteger movesToAnotherTask() {
        var former = wakes;
        wakes = new AtomicInteger();
        cx = counting(wakes);
        return former;
    }

    void cancel() {
        future.cancel();
    }
}
