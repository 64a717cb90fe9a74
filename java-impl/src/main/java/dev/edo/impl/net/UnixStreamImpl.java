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
            first = new UnixStreamImpl(EventedSocket.register(sockets[0], driver, interest));
        } catch (IOException | RuntimeException | Error e) {
            sockets[1].close();
            throw e;
        }
        try {
            return new UnixPair(first, new UnixStreamImpl(EventedSocket.register(sockets[1], driver, interest)));
        } catch (IOException | RuntimeException | Error e) {
            first.close();
            throw e;
        }
    }

    static UnixNativeSocket unix(EventedSocket socket) {
        return (UnixNativeSocket) socket.socket();
    }

    @Override
    public UnixHalves split() {
        var state = take();
        return new UnixHalves(new UnixReadHalfImpl(state), new UnixWriteHalfImpl(state));
    }

    @Override
    public UnixSocketAddress localAddress() throws IOException {
        return unix(io()).localUnix();
    }

    @Override
    public UnixSocketAddress peerAddress() throws IOException {
        return unix(io()).peerUnix();
    }

    @Override
    public UCred peerCred() throws IOException {
        return unix(io()).peerCred();
    }

    @Override
    public String toString() {
        return describe("UnixStream");
    }
}
