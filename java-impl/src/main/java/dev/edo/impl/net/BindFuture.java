package dev.edo.impl.net;

import dev.edo.future.Context;
import dev.edo.future.IoFuture;
import dev.edo.future.Poll;
import dev.edo.net.TcpListener;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Listens on the first address that can be bound. */
final class BindFuture implements IoFuture<TcpListener> {
    /** Both systems take a negative backlog for the longest they allow. */
    private static final int LONGEST_BACKLOG = -1;

    private final IoFuture<List<InetSocketAddress>> addresses;
    private boolean done;

    BindFuture(IoFuture<List<InetSocketAddress>> addresses) {
        this.addresses = addresses;
    }

    @Override
    public Poll<TcpListener> poll(Context cx) throws IOException {
        if (done) {
            throw new IllegalStateException("this bind has completed or was cancelled; make a new one");
        }
        if (!(addresses.poll(cx) instanceof Poll.Ready<List<InetSocketAddress>>(var found))) {
            return Poll.pending();
        }
        done = true;
        return Poll.ready(bindFirst(found));
    }

    private static TcpListener bindFirst(List<InetSocketAddress> addresses) throws IOException {
        @Nullable IOException failure = null;
        for (var address : addresses) {
            try {
                return bind(address);
            } catch (IOException e) {
                if (failure != null) {
                    e.addSuppressed(failure);
                }
                failure = e;
            }
        }
        throw failure != null ? failure : new IOException("no address to bind");
    }

    private static TcpListener bind(InetSocketAddress address) throws IOException {
        var socket = NativeSocket.stream(address.getAddress() instanceof Inet6Address);
        try {
            SocketOptions.setReuseAddress(socket, true);
            socket.bindTo(address);
            return TcpListenerImpl.listen(socket, LONGEST_BACKLOG);
        } catch (IOException | RuntimeException | Error e) {
            socket.close();
            throw e;
        }
    }

    @Override
    public void cancel() {
        if (!done) {
            done = true;
            addresses.cancel();
        }
    }
}
