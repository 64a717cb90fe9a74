package dev.edo.impl.net;

import dev.edo.future.Context;
import dev.edo.future.IoFuture;
import dev.edo.future.Poll;
import dev.edo.impl.driver.io.IoDriver;
import dev.edo.impl.driver.io.Registration;
import dev.edo.impl.libc.Errno;
import dev.edo.impl.runtime.RuntimeHandle;
import dev.edo.io.Interest;
import dev.edo.net.TcpListener;
import dev.edo.net.TcpStream;
import io.netty.channel.unix.Errors.NativeIoException;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Accepts connections.
 *
 * <p>Algorithm: {@link #take} is one try. A connection that died in the queue leaves the readiness as
 * it is, so the caller looks again, which asks the budget. So does running out of descriptors: the
 * connection is still queued, and no new event would come for it. Connections are registered with the
 * runtime of whoever accepts.
 *
 * <p>Origin: Tokio's net/tcp/listener.rs.
 */
final class TcpListenerImpl implements TcpListener {
    /** Both systems take a negative backlog for the longest they allow. */
    private static final int LONGEST_BACKLOG = -1;

    private final EventedSocket socket;
    private final IoDriver driver;
    private final InetSocketAddress address;

    private TcpListenerImpl(EventedSocket socket, IoDriver driver, InetSocketAddress address) {
        this.socket = socket;
        this.driver = driver;
        this.address = address;
    }

    /** Binds an address and listens. */
    static TcpListener bind(InetSocketAddress address) throws IOException {
        var socket = NativeSocket.stream(address.getAddress() instanceof Inet6Address);
        try {
            SocketOptions.setReuseAddress(socket, true);
            socket.bindTo(address);
            return listen(socket, LONGEST_BACKLOG);
        } catch (IOException | RuntimeException | Error e) {
            socket.close();
            throw e;
        }
    }

    /** Listens on a socket that is bound; on failure the socket is the caller's. */
    static TcpListenerImpl listen(NativeSocket bound, int backlog) throws IOException {
        var driver = RuntimeHandle.current().io();
        bound.listenWith(backlog);
        var address = bound.local();
        return new TcpListenerImpl(EventedSocket.register(bound, driver, Interest.READABLE), driver, address);
    }

    @Override
    public IoFuture<TcpStream> accept() {
        return new AcceptFuture(this, socket);
    }

    @Override
    public Poll<TcpStream> pollAccept(Context cx) throws IOException {
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
    @Nullable TcpStream take(long event) throws IOException {
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
        return new TcpStreamImpl(
                EventedSocket.register(accepted, theirs, Interest.READABLE.add(Interest.WRITABLE)));
    }

    @Override
    public InetSocketAddress localAddress() throws IOException {
        if (socket.socket().isClosed()) {
            throw socket.socket().closed();
        }
        return address;
    }

    @Override
    public int ttl() throws IOException {
        return SocketOptions.ttl(socket.socket());
    }

    @Override
    public void setTtl(int hops) throws IOException {
        SocketOptions.setTtl(socket.socket(), hops);
    }

    @Override
    public void close() {
        socket.close();
    }

    @Override
    public String toString() {
        return "TcpListener[" + address + (socket.socket().isClosed() ? ", closed]" : "]");
    }
}
