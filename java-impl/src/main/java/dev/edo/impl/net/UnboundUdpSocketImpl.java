package dev.edo.impl.net;

import dev.edo.impl.runtime.RuntimeHandle;
import dev.edo.net.UdpSocket;
import dev.edo.net.UnboundUdpSocket;
import java.io.IOException;
import java.net.InetSocketAddress;

/** A UDP socket that is being prepared. */
final class UnboundUdpSocketImpl extends PreparedSocket<NativeDatagrams> implements UnboundUdpSocket, UdpOptionCalls {
    private UnboundUdpSocketImpl(NativeDatagrams socket) {
        super(socket, "UnboundUdpSocket");
    }

    static UnboundUdpSocketImpl make(boolean ipv6) throws IOException {
        return PreparedSocket.of(NativeDatagrams.make(ipv6), UnboundUdpSocketImpl::new);
    }

    @Override
    String uses() {
        return "bind()";
    }

    @Override
    public UdpSocket bind(InetSocketAddress address) throws IOException {
        Addresses.requireResolved(address);
        var driver = RuntimeHandle.current().io();
        set(socket -> socket.bindTo(address));
        return UdpSocketImpl.of(take(), driver);
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
}
