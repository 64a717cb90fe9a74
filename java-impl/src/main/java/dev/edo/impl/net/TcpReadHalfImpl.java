package dev.edo.impl.net;

import dev.edo.future.Context;
import dev.edo.future.IoFuture;
import dev.edo.net.TcpReadHalf;
import dev.edo.net.TcpStream;
import dev.edo.net.TcpWriteHalf;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** The reading half of a stream over TCP. */
final class TcpReadHalfImpl extends SocketReadHalf implements TcpReadHalf {
    TcpReadHalfImpl(SplitState split) {
        super(split);
    }

    @Override
    public int pollPeek(Context cx, ByteBuffer dst) throws IOException {
        return open(io().pollPeek(cx, dst));
    }

    @Override
    public IoFuture<Integer> peek(ByteBuffer dst) {
        return new PeekFuture(split.unchecked(), dst, split);
    }

    @Override
    public TcpStream reunite(TcpWriteHalf write) {
        return new TcpStreamImpl(reuniteWith(write));
    }

    @Override
    public InetSocketAddress localAddress() throws IOException {
        return io().socket().local();
    }

    @Override
    public InetSocketAddress peerAddress() throws IOException {
        return io().socket().peerAddress();
    }

    @Override
    public String toString() {
        return "TcpReadHalf[" + split + "]";
    }
}
