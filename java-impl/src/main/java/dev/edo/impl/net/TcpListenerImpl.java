package dev.edo.impl.net;

import dev.edo.impl.driver.io.IoDriver;
import dev.edo.impl.runtime.RuntimeHandle;
import dev.edo.net.TcpListener;
import dev.edo.net.TcpStream;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;

/** Accepts connections over TCP. */
final class TcpListenerImpl extends SocketListener<InetSocketAddress, TcpStream> implements TcpListener {
    /** Both systems take a negative backlog for the longest they allow. */
    private static final int LONGEST_BACKLOG = -1;

    private TcpListenerImpl(NativeSocket listening, IoDriver driver, InetSocketAddress address) throws IOException {
        super(listening, driver, address);
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
        return new TcpListenerImpl(bound, driver, bound.local());
    }

    @Override
    TcpStream stream(EventedSocket accepted) {
        return new TcpStreamImpl(accepted);
    }

    @Override
    public int ttl() throws IOException {
        return SocketOptions.ttl(raw());
    }

    @Override
    public void setTtl(int hops) throws IOException {
        SocketOptions.setTtl(raw(), hops);
    }

    @Override
    public String toString() {
        return describe("TcpListener");
    }
}
