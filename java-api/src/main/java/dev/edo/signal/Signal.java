package dev.edo.signal;

import dev.edo.future.CheckReturnValue;
import dev.edo.future.Context;
import dev.edo.future.InfallibleFuture;
import dev.edo.future.IoFuture;
import dev.edo.future.Poll;
import dev.edo.spi.EdoProvider;
import dev.edo.sync.WatchReceiver;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Listens to one kind of signals that the operating system sends to this process.
 *
 * <pre>{@code
 * try (var hangup = Signal.listen(SignalKind.hangup())) {
 *     while (true) {
 *         hangup.recv().await();
 *         reload(configuration);
 *     }
 * }
 * }</pre>
 *
 * <p>A listener hears of signals that come after it was made. It does not count them: whatever came
 * since it last received is one, so what it receives stands for <em>at least one</em> signal. Every
 * listener hears of each, in every runtime of the process. It needs no runtime, outlives the one
 * that it was made in, and belongs to one task or thread at a time.
 *
 * <p><strong>The first listener to a kind replaces what the JVM or the system does by default when such a
 * signal comes, for as long as the process lives</strong>, also when all listeners are closed. So once
 * somebody listens to {@link SignalKind#interrupt()}, {@link SignalKind#terminate()} or
 * {@link SignalKind#hangup()}, that signal no longer shuts the JVM down: no shutdown hook runs until
 * the program itself returns from {@code main} or calls {@link System#exit}. The others still do. A handler that the
 * program had set by {@code sun.misc.Signal} is still called, after the listeners; one that it sets
 * afterwards replaces Edo's, and the listeners hear no more.
 *
 * <p><em>Errors:</em> a listener that was closed refuses to wait, with {@link IllegalStateException}.
 *
 * @see <a href="https://docs.rs/tokio/latest/tokio/signal/unix/struct.Signal.html">tokio::signal::unix::Signal</a>
 */
public final class Signal implements AutoCloseable {
    private final SignalKind kind;
    private final WatchReceiver<?> arrivals;
    private boolean closed;

    /** The wait that {@link #pollRecv} has begun. */
    private @Nullable InfallibleFuture<@Nullable Void> polled;

    private Signal(SignalKind kind, WatchReceiver<?> arrivals) {
        this.kind = kind;
        this.arrivals = arrivals;
    }

    /**
     * Begins to listen. Signals that are sent after this has returned are heard of.
     *
     * <p><em>Errors:</em> some signals cannot be listened to, and the message says why: {@code SIGKILL} and
     * {@code SIGSTOP}, which no process can handle; {@code SIGSEGV}, {@code SIGBUS}, {@code SIGFPE}, {@code SIGILL} and
     * {@code SIGQUIT}, which the JVM lives on; {@code SIGUSR2}, by which it looks at its threads for Flight
     * Recorder, unless the environment variable {@code _JAVA_SR_SIGNUM} names another signal for that;
     * {@code SIGIO} on macOS; those that a native library handles; those without a name, as real-time
     * signals; and all of them in a JVM that was started with {@code -Xrs}. A hang-up, interrupt or
     * termination that the process was started to ignore, as by {@code nohup}, stays ignored: it can be
     * listened to, a warning is logged, and nothing is heard.
     *
     * @param kind which signals
     * @return the listener
     * @throws IOException when the JVM or the system keeps this kind for itself
     * @see <a href="https://docs.rs/tokio/latest/tokio/signal/unix/fn.signal.html">tokio::signal::unix::signal</a>
     */
    public static Signal listen(SignalKind kind) throws IOException {
        return new Signal(kind, EdoProvider.get().signals().listen(kind.asRawValue()));
    }

    /**
     * Waits for Ctrl-C, which is {@link SignalKind#interrupt()}.
     *
     * <pre>{@code
     * Edo.run(() -> {
     *     Edo.spawn(() -> serve(listener));
     *     Signal.ctrlC().await();
     *     IO.println("shutting down");
     * });
     * }</pre>
     *
     * <p>It begins to listen when it is first polled, or awaited: what was pressed before is not heard of. To
     * miss none in a loop, keep one listener. From then on Ctrl-C does not shut the JVM down, neither while
     * nobody waits nor when this was cancelled; see {@link Signal}.
     *
     * <p><em>Cancel safety:</em> what was pressed between the first poll and the cancellation is forgotten.
     *
     * <p><em>Errors:</em> as of {@link #listen}.
     *
     * @return completes at the first Ctrl-C
     * @see <a href="https://docs.rs/tokio/latest/tokio/signal/fn.ctrl_c.html">tokio::signal::ctrl_c</a>
     */
    @CheckReturnValue
    public static IoFuture<@Nullable Void> ctrlC() {
        return new CtrlC();
    }

    /** {@return what this listens to} */
    public SignalKind kind() {
        return kind;
    }

    /**
     * Waits for a signal that came since the last one was received.
     *
     * <p><em>Cancel safety:</em> nothing is lost.
     *
     * @return completes when there is one; at once, if there is one already
     * @throws IllegalStateException when this is closed
     */
    @CheckReturnValue
    public InfallibleFuture<@Nullable Void> recv() {
        checkOpen();
        return new SignalRecv(arrivals.changed());
    }

    /**
     * Looks for a signal that came since the last one was received.
     *
     * @param cx whom to wake when there is one; of several tasks that call this only the last is woken
     * @return ready when there is one, which from then on is received
     * @throws IllegalStateException when this is closed
     */
    public Poll<@Nullable Void> pollRecv(Context cx) {
        checkOpen();
        var wait = polled;
        if (wait == null) {
            wait = recv();
            polled = wait;
        }
        var result = wait.poll(cx);
        if (result.isReady()) {
            polled = null;
        }
        return result;
    }

    /**
     * Stops listening; the signal stays handled, and is dropped where nobody else listens. Closing again does nothing.
     */
    @Override
    public void close() {
        closed = true;
        var wait = polled;
        polled = null;
        if (wait != null) {
            wait.cancel();
        }
        arrivals.close();
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException(
                    "this listener to " + kind + " is closed; make another one by Signal.listen");
        }
    }

    @Override
    public String toString() {
        return "Signal[" + kind + "]";
    }
}
