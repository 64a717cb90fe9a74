package dev.edo.impl.net;

import dev.edo.net.UnixSocketAddress;
import dev.edo.net.UnixWriteHalf;
import java.io.IOException;

/** The writing half of a stream over a Unix domain socket. */
final class UnixWriteHalfImpl extends SocketWriteHalf implements UnixWriteHalf {
    UnixWriteHalfImpl(SplitState split) {
        super(split);
    }

    @Override
    public UnixSocketAddress localAddress() throws IOException {
        return UnixNames.local(io().socket());
    }

    @Override
    public UnixSocketAddress peerAddress() throws IOException {
        return UnixNames.peer(io().socket());
    }

    @Override
    public String toString() {
        return "UnixWriteHalf[" + split + "]";
    }
}
