package dev.edo.impl.net;

import dev.edo.future.Poll;
import dev.edo.net.UnixSocketAddress;
import dev.edo.net.UnixStream;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Connects over a Unix domain socket. */
final class UnixConnectFuture extends Connecting<UnixSocketAddress, UnixStream> {
    UnixConnectFuture(UnixSocketAddress address, @Nullable PreparedSocket<NativeSocket> prepared) {
        super(_ -> Poll.ready(List.of(address)), prepared);
    }

    @Override
    NativeSocket make(UnixSocketAddress address) throws IOException {
        return UnixNativeSocket.stream();
    }

    @Override
    void begin(NativeSocket socket, UnixSocketAddress address) throws IOException {
        ((UnixNativeSocket) socket).connectTo(address);
    }

    @Override
    UnixStream stream(EventedSocket connected) {
        return new UnixStreamImpl(connected);
    }
}
