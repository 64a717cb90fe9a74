package dev.edo.signal;

import dev.edo.spi.EdoProvider;
import org.jspecify.annotations.Nullable;

/**
 * Which signal to listen to: a number that the operating system gives it, which is not the same on
 * all systems.
 *
 * <pre>{@code
 * var reload = Signal.listen(SignalKind.hangup());
 * var suspend = Signal.listen(SignalKind.fromRaw(20)); // SIGTSTP on Linux
 * }</pre>
 *
 * <p>A kind can be made of any signal. Which ones a JVM lets be listened to is another question: see
 * {@link Signal#listen}.
 *
 * @see <a
 *     href="https://docs.rs/tokio/latest/tokio/signal/unix/struct.SignalKind.html">tokio::signal::unix::SignalKind</a>
 */
public final class SignalKind {
    private final int number;

    private SignalKind(int number) {
        this.number = number;
    }

    /**
     * The signal of a number.
     *
     * @param number as this operating system counts; {@link Signal#listen} refuses one that there is not
     * @return the kind
     */
    public static SignalKind fromRaw(int number) {
        return new SignalKind(number);
    }

    /** {@return {@code SIGALRM}: a timer of the system has run out; by default ends the process} */
    public static SignalKind alarm() {
        return named("ALRM");
    }

    /** {@return {@code SIGCHLD}: the state of a child process has changed; ignored by default} */
    public static SignalKind child() {
        return named("CHLD");
    }

    /** {@return {@code SIGHUP}: the terminal is gone; by default the JVM shuts down} */
    public static SignalKind hangup() {
        return named("HUP");
    }

    /**
     * {@code SIGINFO}: somebody asks how far the process is; ignored by default.
     *
     * @return the kind
     * @throws UnsupportedOperationException on Linux, which has no such signal; macOS has it
     */
    public static SignalKind info() {
        return named("INFO");
    }

    /** {@return {@code SIGINT}: somebody pressed Ctrl-C; by default the JVM shuts down} */
    public static SignalKind interrupt() {
        return named("INT");
    }

    /** {@return {@code SIGIO}: a descriptor is ready; by default ends the process on Linux; the JDK's own on macOS} */
    public static SignalKind io() {
        return named("IO");
    }

    /** {@return {@code SIGPIPE}: a write to a pipe that nobody reads, which also fails; ignored by the JVM} */
    public static SignalKind pipe() {
        return named("PIPE");
    }

    /** {@return {@code SIGQUIT}: kept by the JVM, which answers with a thread dump} */
    public static SignalKind quit() {
        return named("QUIT");
    }

    /** {@return {@code SIGTERM}: the process shall end; by default the JVM shuts down} */
    public static SignalKind terminate() {
        return named("TERM");
    }

    /** {@return {@code SIGUSR1}: means what the program wants it to; by default ends the process} */
    public static SignalKind userDefined1() {
        return named("USR1");
    }

    /** {@return {@code SIGUSR2}: kept by the JVM, unless told to use another; see {@link Signal#listen}} */
    public static SignalKind userDefined2() {
        return named("USR2");
    }

    /** {@return {@code SIGWINCH}: the terminal's window has another size; ignored by default} */
    public static SignalKind windowChange() {
        return named("WINCH");
    }

    private static SignalKind named(String name) {
        int number = EdoProvider.get().signals().number(name);
        if (number < 0) {
            throw new UnsupportedOperationException(
                    "os.name=" + System.getProperty("os.name") + " has no signal SIG" + name);
        }
        return new SignalKind(number);
    }

    /** {@return the number that this operating system gives the signal} */
    public int asRawValue() {
        return number;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SignalKind that && number == that.number;
    }

    @Override
    public int hashCode() {
        return number;
    }

    /** {@return the name, as {@code SIGHUP}; the number, where the JVM knows no name} */
    @Override
    public String toString() {
        var name = EdoProvider.get().signals().name(number);
        return name == null ? "signal " + number : "SIG" + name;
    }
}
