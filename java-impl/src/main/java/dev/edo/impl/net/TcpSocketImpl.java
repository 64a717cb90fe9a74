package dev.edo.impl.net;

import dev.edo.future.IoFuture;
import dev.edo.net.TcpListener;
import dev.edo.net.TcpSocket;
import dev.edo.net.TcpStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A TCP socket that is being prepared. */
final class TcpSocketImpl extends PreparedSocket<NativeSocket> implements TcpSocket {
    private TcpSocketImpl(NativeSocket socket) {
        super(socket, "TcpSocket");
    }

    static TcpSocketImpl make(boolean ipv6) throws IOException {
        return new TcpSocketImpl(NativeSocket.stream(ipv6));
    }

    @Override
    public void bind(InetSocketAddress address) throws IOException {
        requireResolved(address);
        socket().bindTo(address);
    }

    @Override
    public IoFuture<TcpStream> connect(InetSocketAddress address) {
        requireResolved(address);
        return new ConnectFuture(Addresses.of(List.of(address)), takePresent());
    }

    @Override
    public TcpListener listen(int backlog) throws IOException {
        requireBacklog(backlog);
        var own = take();
        try {
            return TcpListenerImpl.listen(own, backlog);
        } catch (IOException | RuntimeException | Error e) {
            own.close();
            throw e;
        }
    }

    private static void requireResolved(InetSocketAddress address) {
        if (address.isUnresolved()) {
            throw new IllegalArgumentException(
                    "address=" + address + " is not resolved; use Lookup.host(...)");
        }
    }

    @Override
    public boolean nodelay() throws IOException {
        return SocketOptions.nodelay(socket());
    }

    @Override
    public void setNodelay(boolean on) throws IOException {
        SocketOptions.setNodelay(socket(), on);
    }

    @Override
    public boolean keepalive() throws IOException {
        return SocketOptions.keepalive(socket());
    }

    @Override
    public void setKeepalive(boolean on) throws IOException {
        SocketOptions.setKeepalive(socket(), on);
    }

    @Override
    public @Nullable Duration linger() throws IOException {
        return SocketOptions.linger(socket());
    }

    @Override
    public void setLinger(@Nullable Duration limit) throws IOException {
        SocketOptions.setLinger(socket(), limit);
    }

    @Override
    public int sendBufferSize() throws IOException {
        return SocketOptions.sendBufferSize(socket());
    }

    @Override
    public void setSendBufferSize(int bytes) throws IOException {
        SocketOptions.setSendBufferSize(socket(), bytes);
    }

    @Override
    public int recvBufferSize() throws IOException {
        return SocketOptions.recvBufferSize(socket());
    }

    @Override
    public void setRecvBufferSize(int bytes) throws IOException {
        SocketOptions.setRecvBufferSize(socket(), bytes);
    }

    @Override
    public boolean reuseAddress() throws IOException {
        return SocketOptions.reuseAddress(socket());
    }

    @Override
    public void setReuseAddress(boolean on) throws IOException {
        SocketOptions.setReuseAddress(socket(), on);
    }

    @Override
    public boolean reusePort() throws IOException {
        return SocketOptions.reusePort(socket());
    }

    @Override
    public void setReusePort(boolean on) throws IOException {
        SocketOptions.setReusePort(socket(), on);
    }

    @Override
    public int tos() throws IOException {
        return SocketOptions.tos(socket());
    }

    @Override
    public void setTos(int tos) throws IOException {
        SocketOptions.setTos(socket(), tos);
    }

    @Override
    public int tclass() throws IOException {
        return SocketOptions.tclass(socket());
    }

    @Override
    public void setTclass(int tclass) throws IOException {
        SocketOptions.setTclass(socket(), tclass);
    }

    @Override
    public @Nullable String device() throws IOException {
        return SocketOptions.device(socket());
    }

    @Override
    public void bindDevice(@Nullable String name) throws IOException {
        SocketOptions.bindDevice(socket(), name);
    }

    @Override
    public InetSocketAddress localAddress() throws IOException {
        return socket().local();
    }

    @Override
    public @Nullable IOException takeError() throws IOException {
        return socket().takeError();
    }
}
