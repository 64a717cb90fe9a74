package dev.edo.impl.net;

import dev.edo.future.IoFuture;
import dev.edo.net.UnixListener;
import dev.edo.net.UnixSocket;
import dev.edo.net.UnixSocketAddress;
import dev.edo.net.UnixStream;
import java.io.IOException;
import java.net.SocketException;

/** A Unix domain socket that is being prepared. */
final class UnixSocketImpl extends PreparedSocket<UnixNativeSocket> implements UnixSocket {
    private UnixSocketImpl(UnixNativeSocket socket) {
        super(socket, "UnixSocket");
    }

    static UnixSocketImpl make() throws IOException {
        return new UnixSocketImpl(UnixNativeSocket.stream());
    }

    @Override
    public void bind(UnixSocketAddress address) throws IOException {
        socket().bindTo(address);
    }

    @Override
    public IoFuture<UnixStream> connect(UnixSocketAddress address) {
        return new UnixConnectFuture(UnixNames.named(address), takePresent());
    }

    @Override
    public UnixListener listen(int backlog) throws IOException {
        requireBacklog(backlog);
        if (UnixNames.local(socket()).isUnnamed()) {
            throw new SocketException("this UnixSocket is not bound; call bind() before listen()");
        }
        var own = take();
        try {
            return UnixListenerImpl.listen(own, backlog);
        } catch (IOException | RuntimeException | Error e) {
            own.close();
            throw e;
        }
    }

    @Override
    public UnixSocketAddress localAddress() throws IOException {
        return UnixNames.local(socket());
    }
}
