package dev.edo.impl.net;

import dev.edo.future.Context;
import dev.edo.impl.driver.io.IoDriver;
import dev.edo.impl.driver.io.Registration;
import dev.edo.io.IoResult;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A socket of datagrams that is registered with an I/O driver: its calls wait instead of failing with EAGAIN.
 *
 * <p>Algorithm: as {@link EventedSocket}, but only EAGAIN takes readiness away. That a datagram was shorter than the
 * buffer says nothing about whether another one follows, and an empty one is a result as any other. Nothing is passed
 * over for want of room in the buffer: the system then takes the datagram and drops it.
 *
 * <p>Origin: Tokio's net/udp.rs. Departure: an error that came by ICMP is reported by epoll like the end of a
 * stream, which Tokio keeps, so that with a full buffer its sender spins from then on. Here EAGAIN clears it.
 *
 * @param <A> the type of the addresses
 */
final class EventedDatagrams<A> {
    private final EventedSocket evented;
    private final NativeDatagramSocket<A> socket;

    private EventedDatagrams(EventedSocket evented, NativeDatagramSocket<A> socket) {
        this.evented = evented;
        this.socket = socket;
    }

    /** Registers a socket, or closes it. */
    static <A> EventedDatagrams<A> register(NativeDatagramSocket<A> socket, IoDriver driver) throws IOException {
        return new EventedDatagrams<>(EventedSocket.registerDatagrams(socket, driver), socket);
    }

    /** What waits, and is closed. */
    EventedSocket evented() {
        return evented;
    }

    NativeDatagramSocket<A> socket() {
        return socket;
    }

    // ---- tries, after an event ----

    /** {@return how many bytes, or WOULD_BLOCK} */
    int send(long event, ByteBuffer src, @Nullable A target) throws IOException {
        int n = socket.sendDatagram(src, target);
        if (n == IoResult.WOULD_BLOCK) {
            if (socket.isFull(target)) {
                evented.clearWritable(event);
            } else {
                evented.clearError(event);
            }
        }
        Reference.reachabilityFence(evented);
        return n;
    }

    /** {@return how many bytes, or WOULD_BLOCK} */
    int receive(long event, ByteBuffer dst, boolean peek) throws IOException {
        int n = socket.receiveDatagram(dst, peek);
        if (n == IoResult.WOULD_BLOCK) {
            evented.clearReadable(event);
        }
        Reference.reachabilityFence(evented);
        return n;
    }

    /**
     * {@return the sender, or null where there is nothing}
     *
     * @param dst null: only the sender is of interest
     */
    @Nullable A receiveFrom(long event, @Nullable ByteBuffer dst, boolean peek) throws IOException {
        var sender = dst == null ? socket.peekSender() : socket.receiveDatagramFrom(dst, peek);
        if (sender == null) {
            evented.clearReadable(event);
        }
        Reference.reachabilityFence(evented);
        return sender;
    }

    // ---- tries ----

    int trySend(ByteBuffer src, @Nullable A target) throws IOException {
        long event = evented.tryWriteReady();
        return event == Registration.PENDING ? IoResult.WOULD_BLOCK : send(event, src, target);
    }

    int tryReceive(ByteBuffer dst, boolean peek) throws IOException {
        long event = evented.tryReadReady();
        return event == Registration.PENDING ? IoResult.WOULD_BLOCK : receive(event, dst, peek);
    }

    @Nullable A tryReceiveFrom(@Nullable ByteBuffer dst, boolean peek) throws IOException {
        long event = evented.tryReadReady();
        return event == Registration.PENDING ? null : receiveFrom(event, dst, peek);
    }

    // ---- polls ----

    int pollSend(Context cx, ByteBuffer src, @Nullable A target) throws IOException {
        while (true) {
            long event = evented.pollWriteReady(cx);
            if (event == Registration.PENDING) {
                return IoResult.PENDING;
            }
            int n = send(event, src, target);
            if (n != IoResult.WOULD_BLOCK) {
                return n;
            }
        }
    }

    int pollReceive(Context cx, ByteBuffer dst, boolean peek) throws IOException {
        while (true) {
            long event = evented.pollReadReady(cx);
            if (event == Registration.PENDING) {
                return IoResult.PENDING;
            }
            int n = receive(event, dst, peek);
            if (n != IoResult.WOULD_BLOCK) {
                return n;
            }
        }
    }

    @Nullable A pollReceiveFrom(Context cx, @Nullable ByteBuffer dst, boolean peek)
            throws IOException {
        while (true) {
            long event = evented.pollReadReady(cx);
            if (event == Registration.PENDING) {
                return null;
            }
            var sender = receiveFrom(event, dst, peek);
            if (sender != null) {
                return sender;
            }
        }
    }
}
