package dev.edo.impl.signal;

import static java.util.Objects.requireNonNull;

import dev.edo.sync.WatchReceiver;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * The signals that this process handles for its listeners; there is one registry, whatever runtimes there are.
 *
 * <p>Algorithm: the first listener to a kind has the JVM install its handler in C and call {@link SignalEvent#handle}.
 * From then on a signal takes this way:
 *
 * <ol>
 * <li>the JVM's handler, on whichever thread the kernel interrupts, adds one to a counter of that signal
 *     and posts a semaphore: nothing that is not async-signal-safe;
 * <li>the JVM's thread <em>Signal Dispatcher</em> takes it from there and starts a thread for this one signal;
 * <li>that one replaces the snapshot of a watch channel, which wakes every listener, in each runtime and on each thread
 *     that waits, as any other waker is called from outside;
 * <li>a listener is polled and finds another version than the one that it saw last: signals in between are one.
 * </ol>
 *
 * <p>Invariants: an element of {@code events}, once set, stays; it is set after the handler was installed, so that
 * a listener exists only where signals arrive. A handler, once installed, stays. What was refused was left as it
 * was, and may be asked for again.
 *
 * <p>Shutdown: none. A runtime that ends leaves its listeners usable; nothing here is a runtime's.
 *
 * <p>Origin: {@code signal/{registry,unix}.rs} and {@code runtime/signal} of Tokio. There a handler of one's own sets a
 * flag and writes to a socket, which the I/O driver of one runtime reads. In a JVM such a handler would
 * have to share the process with one that installs, checks and chains handlers itself, for signals whose
 * defaults are its own (SIGTERM runs the shutdown hooks), under {@code libjsig}, {@code -Xcheck:jni} and
 * {@code -Xrs}; all that the JVM's own handler does by itself, and it needs no descriptors and no driver. The price: a
 * signal costs the start of a thread, and one without a name, as real-time signals, cannot be listened to. A
 * signal is lost where the JVM cannot start its thread, of which it warns.
 */
final class SignalRegistry {
    private static final SignalRegistry INSTANCE = new SignalRegistry();

    /** More than any system has. */
    private static final int NUMBERS = 128;

    /** Those that the JVM handles to shut down, unless the process was started to ignore them. */
    private static final Set<String> SHUTDOWN = Set.of("HUP", "INT", "TERM");

    /** Those for which the JVM has a handler that only keeps them from ending the process. */
    private static final Set<String> DISARMED = Set.of("PIPE", "XFSZ");

    /** What has become of a signal that had no handler of Edo's. */
    private enum Installed {
        HANDLED,
        IGNORED,
        BY_ANOTHER_THREAD
    }

    private final AtomicReferenceArray<@Nullable SignalEvent> events = new AtomicReferenceArray<>(NUMBERS);

    private SignalRegistry() {}

    static SignalRegistry instance() {
        return INSTANCE;
    }

    WatchReceiver<?> listen(int number) throws IOException {
        return event(number).subscribe();
    }

    SignalEvent event(int number) throws IOException {
        var name = SignalNames.name(number);
        if (name == null) {
            throw new IOException("cannot listen to signal " + number + ": the JVM delivers only signals that it has a"
                    + " name for, which real-time signals have not; see SignalKind for some that have");
        }
        var event = events.getAcquire(number);
        if (event != null) {
            return event;
        }
        event = new SignalEvent();
        if (install(name, number, event) == Installed.IGNORED) {
            warnOfIgnored(name); // not under the monitor: who logs may run anything
        }
        return requireNonNull(events.getAcquire(number));
    }

    /** One thread at a time replaces handlers, or puts them back; {@code Signal.handle} has a monitor, too. */
    private synchronized Installed install(String name, int number, SignalEvent event) throws IOException {
        if (events.getAcquire(number) != null) {
            return Installed.BY_ANOTHER_THREAD;
        }
        var against = ReservedSignals.reasonAgainst(name, number);
        if (against != null) {
            throw refused(name, number, against, null);
        }
        if (name.equals("CHLD")) {
            letProcessesReset();
        }
        var signal = new Signal(name);
        SignalHandler before;
        try {
            before = Signal.handle(signal, event);
        } catch (IllegalArgumentException e) {
            throw refused(name, number, "the JVM keeps it for itself", e);
        }
        if (isOfAnother(before)) {
            if (before.getClass().getNestHost() != Signal.class) {
                event.chain(before);
            } else if (!SHUTDOWN.contains(name) && !DISARMED.contains(name)) {
                Signal.handle(signal, before);
                throw refused(name, number, "native code in this process handles it", null);
            }
        }
        events.setRelease(number, event);
        // The JVM has installed nothing then.
        return before == SignalHandler.SIG_IGN && SHUTDOWN.contains(name) ? Installed.IGNORED : Installed.HANDLED;
    }

    private static void warnOfIgnored(String name) {
        System.getLogger("dev.edo").log(System.Logger.Level.WARNING, "this process was started to ignore SIG" + name
                + ", as nohup does and a shell for what it runs in the background, and the JVM leaves it so:"
                + " who listens to it hears nothing");
    }

    /** Neither the default nor ignored; one of the JVM's or in C comes wrapped in a nested class of {@code Signal}. */
    private static boolean isOfAnother(@Nullable SignalHandler handler) {
        return handler != null && handler != SignalHandler.SIG_DFL && handler != SignalHandler.SIG_IGN;
    }

    /** The JDK sets SIGCHLD back to its default when it first starts a process or reads the environment: not later. */
    private static void letProcessesReset() throws IOException {
        try {
            Class.forName("java.lang.ProcessImpl");
        } catch (ClassNotFoundException e) {
            throw new IOException("cannot listen to SIGCHLD: this JDK has no java.lang.ProcessImpl, so its first"
                    + " process may take the signal away in a manner that is not known", e);
        }
    }

    private static IOException refused(String name, int number, String reason, @Nullable Throwable cause) {
        return new IOException("cannot listen to SIG" + name + " (" + number + "): " + reason, cause);
    }
}
