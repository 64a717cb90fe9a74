package dev.edo.impl.net;

import dev.edo.future.Context;
import dev.edo.future.IoFuture;
import dev.edo.future.Poll;
import dev.edo.impl.driver.io.IoDriver;
import dev.edo.impl.driver.io.Registration;
import dev.edo.impl.libc.Errno;
import dev.edo.impl.runtime.RuntimeHandle;
import dev.edo.io.Interest;
import io.netty.channel.unix.Errors.NativeIoException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Accepts connections, whatever kind of socket it is.
 *
 * <p>Algorithm: {@link #take} is one try. A connection that died in the queue leaves the readiness as
 * it is, so the caller looks again, which asks the budget. So does running out of descriptors: the
 * connection is still queued, and no new event would come for it. Connections are registered with the
 * runtime of whoever accepts.
 *
 * <p>Origin: Tokio's net/tcp/listener.rs and net/unix/listener.rs.
 *
 * @param <A> the type of the addresses
 * @param <S> the type of the streams
 */
abstract class SocketListener<A, S> implements AutoCloseable {
    private final EventedSocket socket;
    private final IoDriver driver;
    private final A address;

    /** Takes a socket that listens; on failure that is closed. */
    SocketListener(NativeSocket listening, IoDriver driver, A address) throws IOException {
        this.socket = EventedSocket.register(listening, driver, Interest.READABLE);
        this.driver = driver;
        this.address = address;
    }

    /** {@return the stream over a socket that is connected} */
    abstract S stream(EventedSocket accepted);

    final NativeSocket raw() {
        return socket.socket();
    }

    public IoFuture<S> accept() {
        return new AcceptFuture<>(this, socket);
    }

    public Poll<S> pollAccept(Context cx) throws IOException {
        while (true) {
            long event = socket.pollReadReady(cx);
            if (event == Registration.PENDING) {
                return Poll.pending();
            }
            var stream = take(event);
            if (stream != null) {
                return Poll.ready(stream);
            }
        }
    }

    /** {@return a connection, or null: look for readiness again} */
    @Nullable S take(long event) throws IOException {
        var current = RuntimeHandle.tryCurrent();
        var theirs = current == null ? driver : current.io();
        NativeSocket accepted;
        try {
            accepted = socket.socket().acceptOne();
        } catch (NativeIoException e) {
            if (Errno.isQueuedConnectionDead(-e.expectedErr())) {
                return null;
            }
            throw SocketError.of("accept on " + address, e);
        }
        if (accepted == null) {
            socket.clearReadable(event);
            return null;
        }
        return stream(EventedSocket.register(accepted, theirs, Interest.READABLE.add(Interest.WRITABLE)));
    }

    public int fd() throws IOException {
        return socket.fd();
    }

    public A localAddress() throws IOException {
        if (socket.socket().isClosed()) {
            throw socket.socket().closed();
        }
        return address;
    }

    @Override
    public void close() {
        socket.close();
    }

    /** {@return the name of a kind of listener, with what is known of this one} */
    final String describe(String kind) {
        return kind + "[" + address + (socket.socket().isClosed() ? ", closed]" : "]");
    }
}
