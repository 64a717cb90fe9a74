package dev.edo.impl.net;

import dev.edo.future.IoFuture;
import dev.edo.net.TcpStream;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Connects over TCP. */
final class ConnectFuture extends Connecting<InetSocketAddress, TcpStream> {
    ConnectFuture(IoFuture<List<InetSocketAddress>> addresses, @Nullable PreparedSocket<NativeSocket> prepared) {
        super(addresses, prepared);
    }

    @Override
    NativeSocket make(InetSocketAddress address) throws IOException {
        return NativeSocket.stream(address.getAddress() instanceof Inet6Address);
    }

    @Override
    void begin(NativeSocket socket, InetSocketAddress address) throws IOException {
        socket.connectTo(address);
    }

    @Override
    TcpStream stream(EventedSocket connected) {
        return new TcpStreamImpl(connected);
    }
}
