package dev.edo.impl.net;

import dev.edo.future.Context;
import dev.edo.future.IoFuture;
import dev.edo.net.TcpHalves;
import dev.edo.net.TcpStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A stream over TCP. */
final class TcpStreamImpl extends SocketStream implements TcpStream {
    TcpStreamImpl(EventedSocket socket) {
        super(socket);
    }

    @Override
    public int pollPeek(Context cx, ByteBuffer dst) throws IOException {
        return io().pollPeek(cx, dst);
    }

    @Override
    public IoFuture<Integer> peek(ByteBuffer dst) {
        return new PeekFuture(io(), dst, null);
    }

    @Override
    public TcpHalves split() {
        var state = take();
        return new TcpHalves(new TcpReadHalfImpl(state), new TcpWriteHalfImpl(state));
    }

    @Override
    public InetSocketAddress localAddress() throws IOException {
        return raw().local();
    }

    @Override
    public InetSocketAddress peerAddress() throws IOException {
        return raw().peerAddress();
    }

    @Override
    public boolean nodelay() throws IOException {
        return SocketOptions.nodelay(raw());
    }

    @Override
    public void setNodelay(boolean on) throws IOException {
        SocketOptions.setNodelay(raw(), on);
    }

    @Override
    public boolean keepalive() throws IOException {
        return SocketOptions.keepalive(raw());
    }

    @Override
    public void setKeepalive(boolean on) throws IOException {
        SocketOptions.setKeepalive(raw(), on);
    }

    @Override
    public @Nullable Duration linger() throws IOException {
        return SocketOptions.linger(raw());
    }

    @Override
    public void setLinger(@Nullable Duration limit) throws IOException {
        SocketOptions.setLinger(raw(), limit);
    }

    @Override
    public int sendBufferSize() throws IOException {
        return SocketOptions.sendBufferSize(raw());
    }

    @Override
    public void setSendBufferSize(int bytes) throws IOException {
        SocketOptions.setSendBufferSize(raw(), bytes);
    }

    @Override
    public int recvBufferSize() throws IOException {
        return SocketOptions.recvBufferSize(raw());
    }

    @Override
    public void setRecvBufferSize(int bytes) throws IOException {
        SocketOptions.setRecvBufferSize(raw(), bytes);
    }

    @Override
    public boolean quickack() throws IOException {
        return SocketOptions.quickack(raw());
    }

    @Override
    public void setQuickack(boolean on) throws IOException {
        SocketOptions.setQuickack(raw(), on);
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
        return describe("TcpStream");
    }
}
