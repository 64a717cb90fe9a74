package dev.edo.impl.net;

import dev.edo.future.Context;
import dev.edo.future.IoFuture;
import dev.edo.future.Poll;
import dev.edo.impl.driver.io.Registration;
import dev.edo.impl.runtime.RuntimeHandle;
import dev.edo.io.Interest;
import dev.edo.net.TcpStream;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Connects to the first address that answers.
 *
 * <p>Algorithm: the connection is started without waiting, registered, and looked at when it becomes
 * writable, which it does when it is there as well as when it failed; the socket's error tells which.
 */
final class ConnectFuture implements IoFuture<TcpStream> {
    private final IoFuture<List<InetSocketAddress>> addresses;

    /** To be used for the one address there is; otherwise each gets a new one. */
    private @Nullable NativeSocket prepared;

    private @Nullable Iterator<InetSocketAddress> untried;
    private @Nullable EventedSocket connecting;
    private @Nullable IOException failure;
    private boolean done;

    ConnectFuture(IoFuture<List<InetSocketAddress>> addresses, @Nullable NativeSocket prepared) {
        this.addresses = addresses;
        this.prepared = prepared;
    }

    @Override
    public Poll<TcpStream> poll(Context cx) throws IOException {
        if (done) {
            throw new IllegalStateException("this connect has completed or was cancelled; make a new one");
        }
        try {
            var connected = pollConnected(cx);
            if (connected == null) {
                return Poll.pending();
            }
            done = true;
            return Poll.ready(new TcpStreamImpl(connected));
        } catch (IOException | RuntimeException | Error e) {
            cancel();
            throw e;
        }
    }

    private @Nullable EventedSocket pollConnected(Context cx) throws IOException {
        if (untried == null) {
            if (!(addresses.poll(cx) instanceof Poll.Ready<List<InetSocketAddress>>(var found))) {
                return null;
            }
            untried = found.iterator();
        }
        while (true) {
            try {
                var current = connecting;
                if (current == null) {
                    current = start(untried.next());
                    connecting = current;
                }
                if (current.pollWriteReady(cx) == Registration.PENDING) {
                    return null;
                }
                current.socket().checkConnected();
                connecting = null;
                return current;
            } catch (IOException e) {
                giveUpCurrent();
                remember(e);
                if (!untried.hasNext()) {
                    throw e;
                }
            }
        }
    }

    private EventedSocket start(InetSocketAddress address) throws IOException {
        var driver = RuntimeHandle.current().io();
        var socket = prepared;
        prepared = null;
        if (socket == null) {
            socket = NativeSocket.stream(address.getAddress() instanceof Inet6Address);
        }
        try {
            socket.connectTo(address);
        } catch (IOException | RuntimeException | Error e) {
            socket.close();
            throw e;
        }
        return EventedSocket.register(socket, driver, Interest.READABLE.add(Interest.WRITABLE));
    }

    private void remember(IOException e) {
        if (failure != null) {
            e.addSuppressed(failure);
        }
        failure = e;
    }

    private void giveUpCurrent() {
        var current = connecting;
        connecting = null;
        if (current != null) {
            current.close();
        }
    }

    @Override
    public void cancel() {
        if (done) {
            return;
        }
        done = true;
        if (untried == null) {
            addresses.cancel();
        }
        giveUpCurrent();
        var socket = prepared;
        prepared = null;
        if (socket != null) {
            socket.close();
        }
    }
}
