package dev.edo.impl.net;

import dev.edo.future.IoFuture;
import dev.edo.impl.runtime.RuntimeHandle;
import dev.edo.net.UnixDatagram;
import dev.edo.net.UnixListener;
import dev.edo.net.UnixSocket;
import dev.edo.net.UnixSocketAddress;
import dev.edo.net.UnixStream;
import java.io.IOException;
import java.net.SocketException;

/** A Unix domain socket that is being prepared. */
final class UnixSocketImpl extends PreparedSocket<NativeSocket> implements UnixSocket {
    private final boolean datagrams;

    private UnixSocketImpl(NativeSocket socket, boolean datagrams) {
        super(socket, "UnixSocket");
        this.datagrams = datagrams;
    }

    static UnixSocketImpl make(boolean datagrams) throws IOException {
        return PreparedSocket.of(datagrams ? UnixNativeDatagrams.make() : UnixNativeSocket.stream(),
                socket -> new UnixSocketImpl(socket, datagrams));
    }

    @Override
    String uses() {
        return "connect(), listen() or datagram()";
    }

    private void require(boolean forDatagrams, String call) {
        if (datagrams != forDatagrams) {
            throw new IllegalStateException(call + " cannot be called on a UnixSocket for "
                    + (datagrams ? "datagrams; make one with newStream()" : "streams; make one with newDatagram()"));
        }
    }

    @Override
    public void bind(UnixSocketAddress address) throws IOException {
        set(socket -> {
            switch (socket) {
                case UnixNativeDatagrams own -> own.bindTo(address);
                case UnixNativeSocket own -> own.bindTo(address);
                case NativeSocket own -> throw new AssertionError(own);
            }
        });
    }

    @Override
    public IoFuture<UnixStream> connect(UnixSocketAddress address) {
        require(false, "connect()");
        UnixNames.named(address);
        promise();
        return new UnixConnectFuture(address, this);
    }

    @Override
    public UnixListener listen(int backlog) throws IOException {
        require(false, "listen()");
        requireBacklog(backlog);
        if (localAddress().isUnnamed()) {
            throw new SocketException("this UnixSocket is not bound; call bind() before listen()");
        }
        var own = take();
        try {
            return UnixListenerImpl.listen((UnixNativeSocket) own, backlog);
        } catch (IOException | RuntimeException | Error e) {
            own.close();
            throw e;
        }
    }

    @Override
    public UnixDatagram datagram() throws IOException {
        require(true, "datagram()");
        var driver = RuntimeHandle.current().io();
        return new UnixDatagramImpl((UnixNativeDatagrams) take(), driver);
    }

    @Override
    public UnixSocketAddress localAddress() throws IOException {
        return ask(UnixNames::local);
    }
}
