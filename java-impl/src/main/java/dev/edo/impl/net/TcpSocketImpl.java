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
        return PreparedSocket.of(NativeSocket.stream(ipv6), TcpSocketImpl::new);
    }

    @Override
    public void bind(InetSocketAddress address) throws IOException {
        Addresses.requireResolved(address);
        set(socket -> socket.bindTo(address));
    }

    @Override
    public IoFuture<TcpStream> connect(InetSocketAddress address) {
        Addresses.requireResolved(address);
        promise();
        return new ConnectFuture(Addresses.of(List.of(address)), this);
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

    @Override
    public boolean nodelay() throws IOException {
        return ask(SocketOptions::nodelay);
    }

    @Override
    public void setNodelay(boolean on) throws IOException {
        set(socket -> SocketOptions.setNodelay(socket, on));
    }

    @Override
    public boolean keepalive() throws IOException {
        return ask(SocketOptions::keepalive);
    }

    @Override
    public void setKeepalive(boolean on) throws IOException {
        set(socket -> SocketOptions.setKeepalive(socket, on));
    }

    @Override
    public @Nullable Duration linger() throws IOException {
        return ask(SocketOptions::linger);
    }

    @Override
    public void setLinger(@Nullable Duration limit) throws IOException {
        set(socket -> SocketOptions.setLinger(socket, limit));
    }

    @Override
    public int sendBufferSize() throws IOException {
        return ask(SocketOptions::sendBufferSize);
    }

    @Override
    public void setSendBufferSize(int bytes) throws IOException {
        set(socket -> SocketOptions.setSendBufferSize(socket, bytes));
    }

    @Override
    public int recvBufferSize() throws IOException {
        return ask(SocketOptions::recvBufferSize);
    }

    @Override
    public void setRecvBufferSize(int bytes) throws IOException {
        set(socket -> SocketOptions.setRecvBufferSize(socket, bytes));
    }

    @Override
    public boolean reuseAddress() throws IOException {
        return ask(SocketOptions::reuseAddress);
    }

    @Override
    public void setReuseAddress(boolean on) throws IOException {
        set(socket -> SocketOptions.setReuseAddress(socket, on));
    }

    @Override
    public boolean reusePort() throws IOException {
        return ask(SocketOptions::reusePort);
    }

    @Override
    public void setReusePort(boolean on) throws IOException {
        set(socket -> SocketOptions.setReusePort(socket, on));
    }

    @Override
    public int tos() throws IOException {
        return ask(SocketOptions::tos);
    }

    @Override
    public void setTos(int tos) throws IOException {
        set(socket -> SocketOptions.setTos(socket, tos));
    }

    @Override
    public int tclass() throws IOException {
        return ask(SocketOptions::tclass);
    }

    @Override
    public void setTclass(int tclass) throws IOException {
        set(socket -> SocketOptions.setTclass(socket, tclass));
    }

    @Override
    public @Nullable String device() throws IOException {
        return ask(SocketOptions::device);
    }

    @Override
    public void bindDevice(@Nullable String name) throws IOException {
        set(socket -> SocketOptions.bindDevice(socket, name));
    }

    @Override
    public InetSocketAddress localAddress() throws IOException {
        return ask(NativeSocket::local);
    }

    @Override
    public @Nullable IOException takeError() throws IOException {
        return ask(NativeSocket::takeError);
    }
}
