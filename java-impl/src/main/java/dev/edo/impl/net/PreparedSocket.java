package dev.edo.impl.net;

import dev.edo.internal.DroppedResources;
import java.io.IOException;
import java.lang.ref.Reference;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A socket that is being prepared, and used once.
 *
 * <p>Algorithm: what uses it at once takes the descriptor away. A connect promises it to a future, which takes it when
 * it is polled first, or closes it when it is cancelled before that; until then it stays here, and closing this closes
 * it. So there is no moment at which nobody owns the descriptor. Where nobody can reach this any more, nor such a
 * future, {@link DroppedResources} closes it.
 *
 * @param <N> the type of the socket
 */
abstract class PreparedSocket<N extends NativeSocket> implements OptionCalls, AutoCloseable {
    private final AtomicReference<@Nullable N> socket;
    private final Trace trace;

    /** What the API calls this. */
    private final String name;

    /** Whether it is promised or taken. */
    private final AtomicBoolean used = new AtomicBoolean();

    /** Set before the socket is closed here: who finds none knows why. */
    private volatile boolean closed;

    PreparedSocket(N socket, String name) {
        this.socket = new AtomicReference<>(socket);
        this.name = name;
        this.trace = new Trace(this, socket);
        trace.watch();
    }

    /** What closes a socket that was neither used nor closed. */
    private static final class Trace extends DroppedResources.Trace {
        private final NativeSocket socket;

        Trace(PreparedSocket<?> prepared, NativeSocket socket) {
            super(prepared, socket.intValue());
            this.socket = socket;
        }

        @Override
        protected void close() {
            socket.close();
        }
    }

    /** Makes what prepares a socket, or closes that. */
    static <N extends NativeSocket, P> P of(N socket, Function<? super N, P> make) {
        try {
            return make.apply(socket);
        } catch (RuntimeException | Error e) {
            socket.close();
            throw e;
        }
    }

    // ---- preparing

    @Override
    public final <T extends @Nullable Object> T ask(Question<T> question) throws IOException {
        try {
            return question.of(open(used.get() ? null : socket.get()));
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    public int fd() throws IOException {
        return ask(NativeSocket::intValue);
    }

    // ---- using

    /** Takes the socket away, for a call that fails with what is wrong. */
    final N take() throws ClosedSocketException {
        return open(used.compareAndSet(false, true) ? taken() : null);
    }

    /** Promises the socket to a future, for a call that does not fail with what is an IOException. */
    final void promise() {
        present(used.compareAndSet(false, true) ? socket.get() : null);
    }

    /** Takes the socket that was promised. */
    final N takePromised() throws ClosedSocketException {
        var own = taken();
        if (own == null) {
            throw new ClosedSocketException("this " + name + " was closed before the future of its connect() was"
                    + " polled, to which it belongs from then on; await the future first");
        }
        return own;
    }

    /** Closes the socket that was promised, unless it was taken. */
    final void closePromised() {
        var own = taken();
        if (own != null) {
            own.close();
        }
    }

    private @Nullable N taken() {
        try {
            var own = socket.getAndSet(null);
            trace.forget();
            return own;
        } finally {
            Reference.reachabilityFence(this); // or the trace would close what was taken
        }
    }

    private N open(@Nullable N own) throws ClosedSocketException {
        if (own == null && closed) {
            throw new ClosedSocketException("this " + name + " is closed");
        }
        return present(own);
    }

    private N present(@Nullable N own) {
        if (own == null) {
            throw new IllegalStateException("this " + name + " was used up by " + uses() + ", or closed; make a new one");
        }
        return own;
    }

    /** {@return what takes the socket away, for messages} */
    String uses() {
        return "connect() or listen()";
    }

    static void requireBacklog(int backlog) {
        if (backlog < 1) {
            throw new IllegalArgumentException("backlog=" + backlog + ": expected at least 1");
        }
    }

    @Override
    public void close() {
        closed = true;
        closePromised();
    }
}
