package dev.edo.impl.net;

import dev.edo.impl.driver.io.IoDriver;
import dev.edo.impl.runtime.RuntimeHandle;
import dev.edo.net.UnixListener;
import dev.edo.net.UnixSocketAddress;
import dev.edo.net.UnixStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Accepts connections over a Unix domain socket. */
final class UnixListenerImpl extends SocketListener<UnixSocketAddress, UnixStream> implements UnixListener {
    /** Both systems take a negative backlog for the longest they allow. */
    private static final int LONGEST_BACKLOG = -1;

    private UnixListenerImpl(NativeSocket listening, IoDriver driver, UnixSocketAddress address) throws IOException {
        super(listening, driver, address);
    }

    static UnixListenerImpl bind(UnixSocketAddress address) throws IOException {
        RuntimeHandle.current().io(); // fails before there is a file
        var socket = UnixNativeSocket.stream();
        try {
            socket.bindTo(address);
            return listen(socket, LONGEST_BACKLOG);
        } catch (IOException | RuntimeException | Error e) {
            socket.close();
            throw e;
        }
    }

    /** Listens on a socket that is bound; on failure the socket is the caller's. */
    static UnixListenerImpl listen(UnixNativeSocket bound, int backlog) throws IOException {
        var driver = RuntimeHandle.current().io();
        bound.listenWith(backlog);
        return new UnixListenerImpl(bound, driver, UnixNames.local(bound));
    }

    @Override
    UnixStream stream(EventedSocket accepted) {
        return new UnixStreamImpl(accepted);
    }

    @Override
    public @Nullable IOException takeError() throws IOException {
        return raw().takeError();
    }

    @Override
    public String toString() {
        return describe("UnixListener");
    }
}
