package dev.edo.impl.net;

import dev.edo.net.UnixReadHalf;
import dev.edo.net.UnixSocketAddress;
import dev.edo.net.UnixStream;
import dev.edo.net.UnixWriteHalf;
import java.io.IOException;

/** The reading half of a stream over a Unix domain socket. */
final class UnixReadHalfImpl extends SocketReadHalf implements UnixReadHalf {
    UnixReadHalfImpl(SplitState split) {
        super(split);
    }

    @Override
    public UnixStream reunite(UnixWriteHalf write) {
        return new UnixStreamImpl(reuniteWith(write));
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
        return "UnixReadHalf[" + split + "]";
    }
}
