package dev.edo.examples.miniredis;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.future.Waker;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Messages on their way to one session, from any thread. Of a session that is too slow the connection
 * is closed, as Redis does.
 *
 * <p>A future by hand: {@link #next} leaves its waker before it looks a second time, and {@link #offer}
 * calls it after the message is in, so that no message is left lying.
 */
final class Inbox {
    private static final int MAX_MESSAGES = 16 << 10;
    /** Of the messages before one; that one itself may be of any size. */
    private static final long MAX_BYTES = 32 << 20;

    private final ConcurrentLinkedQueue<Message> messages = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicReference<@Nullable Waker> waiting = new AtomicReference<>();
    private final Runnable tooSlow;

    Inbox(Runnable tooSlow) {
        this.tooSlow = tooSlow;
    }

    /** Puts a message in. */
    void offer(Message message) {
        long bytesBefore = bytes.getAndAdd(message.resp().length);
        if (size.incrementAndGet() > MAX_MESSAGES || bytesBefore > MAX_BYTES) {
            tooSlow.run();
            return;
        }
        messages.add(message);
        var waker = waiting.getAndSet(null);
        if (waker != null) {
            waker.wake();
        }
    }

    /** The next message if there is one. */
    @Nullable Message poll() {
        var message = messages.poll();
        if (message != null) {
            size.decrementAndGet();
            bytes.addAndGet(-message.resp().length);
        }
        return message;
    }

    /** Waits for the next message; cancel safe. */
    Future<Message> next() {
        return Future.of(this::pollNext);
    }

    private Poll<Message> pollNext(Context cx) {
        var message = poll();
        if (message == null) {
            waiting.set(cx.waker());
            message = poll();
        }
        return message == null ? Poll.pending() : Poll.ready(message);
    }
}
