package dev.edo.impl.net;

import dev.edo.future.Context;
import dev.edo.future.IoFuture;
import dev.edo.future.Poll;
import dev.edo.impl.driver.io.Readiness;
import dev.edo.impl.driver.io.Registration;
import dev.edo.internal.SpentFuture;
import dev.edo.io.Interest;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Tries something with a datagram until there is one, or room for one; several tasks may do so at once.
 *
 * <p>Algorithm: a waiter is made only where there is something to wait for; a socket that is ready costs none.
 *
 * @param <T> the type of the result
 */
abstract class DatagramFuture<T> implements IoFuture<T> {
    private static final Interest READ = Interest.READABLE.add(Interest.ERROR);
    private static final Interest WRITE = Interest.WRITABLE.add(Interest.ERROR);

    private final EventedSocket evented;
    private final boolean writes;
    private @Nullable Readiness waiting;
    private boolean done;

    private DatagramFuture(EventedDatagrams<?> socket, boolean writes) {
        this.evented = socket.evented();
        this.writes = writes;
    }

    static <A> IoFuture<Integer> send(EventedDatagrams<A> socket, ByteBuffer src, @Nullable A target) {
        return new DatagramFuture<>(socket, true) {
            @Override
            @Nullable Integer attempt(long event) throws IOException {
                return count(socket.send(event, src, target));
            }
        };
    }

    static IoFuture<Integer> receive(EventedDatagrams<?> socket, ByteBuffer dst, boolean peek) {
        return new DatagramFuture<>(socket, false) {
            @Override
            @Nullable Integer attempt(long event) throws IOException {
                return count(socket.receive(event, dst, peek));
            }
        };
    }

    static <A> IoFuture<A> receiveFrom(EventedDatagrams<A> socket, @Nullable ByteBuffer dst, boolean peek) {
        return new DatagramFuture<>(socket, false) {
            @Override
            @Nullable A attempt(long event) throws IOException {
                return socket.receiveFrom(event, dst, peek);
            }
        };
    }

    private static @Nullable Integer count(int n) {
        return n < 0 ? null : n;
    }

    /** {@return the result, or null: look for readiness again} */
    abstract @Nullable T attempt(long event) throws IOException;

    @Override
    public final Poll<T> poll(Context cx) throws IOException {
        if (done) {
            throw SpentFuture.polledAgain();
        }
        boolean ended = true;
        try {
            while (true) {
                long event = pollEvent(cx);
                if (event == Registration.PENDING) {
                    ended = false;
                    return Poll.pending();
                }
                waiting = null;
                var result = attempt(event);
                if (result != null) {
                    return Poll.ready(result);
                }
            }
        } catch (IOException e) {
            throw evented.gone(e);
        } finally {
            done = ended;
        }
    }

    private long pollEvent(Context cx) throws IOException {
        var waiter = waiting;
        if (waiter == null) {
            if (!cx.pollProceed()) {
                return Registration.PENDING;
            }
            long event = writes ? evented.tryWriteReady() : evented.tryReadReady();
            if (event != Registration.PENDING) {
                cx.madeProgress();
                return event;
            }
            waiter = evented.readiness(writes ? WRITE : READ);
            waiting = waiter;
        }
        return waiter.pollEvent(cx);
    }

    @Override
    public final void cancel() {
        done = true;
        var waiter = waiting;
        waiting = null;
        if (waiter != null) {
            waiter.cancel();
        }
    }
}
