package dev.edo.impl.net;

import dev.edo.future.Context;
import dev.edo.future.Waker;
import dev.edo.impl.driver.io.IoDriver;
import dev.edo.impl.driver.io.Registration;
import dev.edo.net.UnixSocketAddress;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Waits until a receiver of datagrams has room.
 *
 * <p>Algorithm: the system tells a socket only of room at the one that it is connected to. So this is such a socket,
 * made for one wait: whether there is room is looked at when it is registered, and from then on each datagram that
 * the receiver takes is an event.
 *
 * <p>Origin: none. Who sends in Tokio to a receiver that is full of other senders' datagrams waits for an event of its own
 * socket, which may never come.
 */
final class UnixRoom {
    final UnixSocketAddress target;
    private final EventedSocket socket;

    /** Of the last poll; null where that was cancelled. */
    private volatile @Nullable Waker waiting;

    private UnixRoom(UnixSocketAddress target, EventedSocket socket) {
        this.target = target;
        this.socket = socket;
    }

    /**
     * Begins to wait.
     *
     * @return null where the receiver is connected. Then it is full for nobody: the sender's own socket was, and has
     *     room by now; or the sender is not the one that it is connected to, as another try to send says
     */
    static @Nullable UnixRoom at(UnixSocketAddress target, IoDriver driver) throws IOException {
        var socket = UnixNativeDatagrams.make();
        try {
            if (!UnixNames.connectIfAllowed(socket, target)) {
                socket.close();
                return null;
            }
        } catch (IOException | RuntimeException | Error e) {
            socket.close();
            throw e;
        }
        return new UnixRoom(target, EventedSocket.registerDatagrams(socket, driver));
    }

    /** {@return whether sending is worth a try; this is spent then} */
    boolean poll(Context cx) throws IOException {
        waiting = cx.waker();
        return socket.pollWriteReady(cx) != Registration.PENDING;
    }

    /** {@return whether a task has still to be told that there is room} */
    boolean isAwaitedBy(Waker waker) {
        try {
            return waiting == waker && socket.tryWriteReady() == Registration.PENDING;
        } catch (IOException e) {
            return false; // closed meanwhile, or the runtime has ended, as the next poll says
        }
    }

    void cancel(Waker waker) {
        socket.cancelWrite(waker);
        if (waiting == waker) {
            waiting = null; // where another poll comes between, giving that up wakes it once too often
        }
    }

    /** Ends the wait without waking who waits: somebody else does so in its place. */
    void giveUp() {
        var waker = waiting;
        if (waker != null) {
            socket.cancelWrite(waker);
        }
        socket.close();
    }

    /** Ends the wait, and wakes who waits. */
    void close() {
        socket.close();
    }
}
