package dev.edo.bench.peer;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.future.Waker;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The least that a channel of ten with one receiver can be, for workloads that never fill it.
 * Stands in until the library has mpsc.
 *
 * @param <T> the type of the messages
 */
public final class Mailbox<T> {
    private final ArrayBlockingQueue<T> queue = new ArrayBlockingQueue<>(10);
    private final AtomicReference<@Nullable Waker> receiver = new AtomicReference<>();

    /**
     * Sends.
     *
     * @param message what
     */
    public void send(T message) {
        queue.add(message);
        var waker = receiver.getAndSet(null);
        if (waker != null) {
            waker.wake();
        }
    }

    /**
     * Receives.
     *
     * @param cx whom to wake
     * @return the next message
     */
    public Poll<T> poll(Context cx) {
        var message = queue.poll();
        if (message == null) {
            receiver.set(cx.waker());
            message = queue.poll();
        }
        return message == null ? Poll.pending() : Poll.ready(message);
    }

    /** {@return the next message, for whoever awaits it} */
    public Future<T> receive() {
        return this::poll;
    }
}
