package dev.edo.impl.net;

import dev.edo.impl.runtime.RuntimeHandle;
import dev.edo.io.Interest;
import dev.edo.net.UCred;
import dev.edo.net.UnixHalves;
import dev.edo.net.UnixPair;
import dev.edo.net.UnixSocketAddress;
import dev.edo.net.UnixStream;
import java.io.IOException;

/** A stream over a Unix domain socket. */
final class UnixStreamImpl extends SocketStream implements UnixStream {
    /** The socket is a {@link UnixNativeSocket}. */
    UnixStreamImpl(EventedSocket socket) {
        super(socket);
    }

    static UnixPair pair() throws IOException {
        var driver = RuntimeHandle.current().io();
        var interest = Interest.READABLE.add(Interest.WRITABLE);
        var sockets = UnixNativeSocket.pair();
        UnixStreamImpl first;
        try {
            first = new UnixStreamImpl(EventedSocket.register(sockets.first(), driver, interest));
        } catch (IOException | RuntimeException | Error e) {
            sockets.second().close();
            throw e;
        }
        try {
            return new UnixPair(first, new UnixStreamImpl(EventedSocket.register(sockets.second(), driver, interest)));
        } catch (IOException | RuntimeException | Error e) {
            first.close();
            throw e;
        }
    }

    @Override
    public UnixHalves split() {
        var state = take();
        return new UnixHalves(new UnixReadHalfImpl(state), new UnixWriteHalfImpl(state));
    }

    @Override
    public UnixSocketAddress localAddress() throws IOException {
        return UnixNames.local(raw());
    }

    @Override
    public UnixSocketAddress peerAddress() throws IOException {
        return UnixNames.peer(raw());
    }

    @Override
    public UCred peerCred() throws IOException {
        return ((UnixNativeSocket) raw()).peerCred();
    }

    @Override
    public String toString() {
        return describe("UnixStream");
    }
}
