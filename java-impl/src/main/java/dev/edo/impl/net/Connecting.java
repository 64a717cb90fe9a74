package dev.edo.impl.net;

import dev.edo.future.Context;
import dev.edo.future.IoFuture;
import dev.edo.future.Poll;
import dev.edo.impl.driver.io.Registration;
import dev.edo.impl.runtime.RuntimeHandle;
import dev.edo.io.Interest;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Connects to the first address that answers.
 *
 * <p>Algorithm: the connection is started without waiting, registered, and looked at when it becomes
 * writable, which it does when it is there as well as when it failed; the socket's error tells which.
 *
 * @param <A> the type of the addresses
 * @param <S> the type of the streams
 */
abstract class Connecting<A, S> implements IoFuture<S> {
    private final IoFuture<List<A>> addresses;

    /** Has the socket for the one address there is; otherwise each gets a new one. */
    private @Nullable PreparedSocket<NativeSocket> prepared;

    private @Nullable Iterator<A> untried;
    private @Nullable EventedSocket connecting;
    private @Nullable IOException failure;
    private boolean done;

    Connecting(IoFuture<List<A>> addresses, @Nullable PreparedSocket<NativeSocket> prepared) {
        this.addresses = addresses;
        this.prepared = prepared;
    }

    @Override
    public Poll<S> poll(Context cx) throws IOException {
        if (done) {
            throw new IllegalStateException("this connect has completed or was cancelled; make a new one");
        }
        try {
            var connected = pollConnected(cx);
            if (connected == null) {
                return Poll.pending();
            }
            done = true;
            return Poll.ready(stream(connected));
        } catch (IOException | RuntimeException | Error e) {
            cancel();
            throw e;
        }
    }

    private @Nullable EventedSocket pollConnected(Context cx) throws IOException {
        if (untried == null) {
            if (!(addresses.poll(cx) instanceof Poll.Ready<List<A>>(var found))) {
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

    /** Makes a socket for an address. */
    abstract NativeSocket make(A address) throws IOException;

    /** Starts connecting. */
    abstract void begin(NativeSocket socket, A address) throws IOException;

    /** {@return the stream over a socket that is connected} */
    abstract S stream(EventedSocket connected);

    private EventedSocket start(A address) throws IOException {
        var driver = RuntimeHandle.current().io();
        var promised = prepared;
        prepared = null;
        var socket = promised == null ? make(address) : promised.takePromised();
        try {
            begin(socket, address);
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
        var promised = prepared;
        prepared = null;
        if (promised != null) {
            promised.closePromised();
        }
    }
}
