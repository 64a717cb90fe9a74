package dev.edo.impl.net;

import dev.edo.net.TcpWriteHalf;
import java.io.IOException;
import java.net.InetSocketAddress;

/** The writing half of a stream over TCP. */
final class TcpWriteHalfImpl extends SocketWriteHalf implements TcpWriteHalf {
    TcpWriteHalfImpl(SplitState split) {
        super(split);
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
        return "TcpWriteHalf[" + split + "]";
    }
}
