package dev.edo.impl.net;

import dev.edo.future.Context;
import dev.edo.future.IoFuture;
import dev.edo.future.Poll;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Does something that needs no waiting with the first address that it can be done with: binds, or connects a socket
 * of datagrams.
 *
 * @param <T> the type of what comes of it
 */
final class FirstAddressFuture<T extends @Nullable Object> implements IoFuture<T> {
    /** What is done with an address. */
    @FunctionalInterface
    interface Step<T extends @Nullable Object> {
        T with(InetSocketAddress address) throws IOException;
    }

    private final String what;
    private final IoFuture<List<InetSocketAddress>> addresses;
    private final Step<T> step;
    private boolean done;

    /**
     * A future that has not begun.
     *
     * @param what for messages, as in {@code "bind"}
     */
    FirstAddressFuture(String what, IoFuture<List<InetSocketAddress>> addresses, Step<T> step) {
        this.what = what;
        this.addresses = addresses;
        this.step = step;
    }

    @Override
    public Poll<T> poll(Context cx) throws IOException {
        if (done) {
            throw new IllegalStateException("this " + what + " has completed or was cancelled; make a new one");
        }
        if (!(addresses.poll(cx) instanceof Poll.Ready<List<InetSocketAddress>>(var found))) {
            return Poll.pending();
        }
        done = true;
        return Poll.ready(first(found));
    }

    private T first(List<InetSocketAddress> found) throws IOException {
        @Nullable IOException failure = null;
        for (var address : found) {
            try {
                return step.with(address);
            } catch (IOException e) {
                if (failure != null) {
                    e.addSuppressed(failure);
                }
                failure = e;
            }
        }
        throw failure != null ? failure : new IOException("no address to " + what);
    }

    @Override
    public void cancel() {
        if (!done) {
            done = true;
            addresses.cancel();
        }
    }
}
