package dev.edo.impl.signal;

import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which signals must not be taken away from the JVM or the JDK, and why.
 *
 * <p>The JVM itself refuses some of them, and some not. {@code SIGBUS} on Linux is how it notices that
 * a mapped file has become shorter. The signal of {@link #suspendNumber} suspends threads for Flight
 * Recorder, which takes no samples without it, while the handler that replaced its own is called for
 * each. By {@code SIGIO} the JDK wakes threads on macOS out of calls on sockets that are closed.
 */
final class ReservedSignals {
    private static final String FAULTS = "the JVM finds errors of the code that it runs by it";
    private static final String BEYOND_HANDLING = "the system lets no process handle it";

    private static final Map<String, String> REASONS = Map.of(
            "KILL", BEYOND_HANDLING,
            "STOP", BEYOND_HANDLING,
            "SEGV", FAULTS,
            "BUS", FAULTS,
            "FPE", FAULTS,
            "ILL", FAULTS,
            "QUIT", "the JVM answers it with a thread dump");

    /** What overrides the JVM's choice of a signal that suspends threads. */
    static final String SUSPEND_VARIABLE = "_JAVA_SR_SIGNUM";

    /** The JVM takes no signal below this, or at it, for suspending: that of SIGSEGV. */
    private static final int LAST_UNFIT = 11;

    private static final boolean MACOS = System.getProperty("os.name").startsWith("Mac");
    private static final int LAST_NUMBER = MACOS ? 31 : 64;

    private static final int SUSPEND_NUMBER = suspendNumber(System.getenv(SUSPEND_VARIABLE), LAST_NUMBER);
    private static final boolean SIGNALS_OFF = !hasDispatcher();

    private ReservedSignals() {}

    /** {@return why a signal cannot be listened to, or null if nothing is known against it} */
    static @Nullable String reasonAgainst(String name, int number) {
        if (SIGNALS_OFF) {
            return "this JVM delivers no signals to Java; start it without -Xrs (-XX:+ReduceSignalUsage)";
        }
        if (number == SUSPEND_NUMBER) {
            return "the JVM suspends threads by it, as for Flight Recorder; have it use another signal by the"
                    + " environment variable " + SUSPEND_VARIABLE + " (a number above " + LAST_UNFIT + ")";
        }
        if (MACOS && name.equals("IO")) {
            return "the JDK wakes threads out of blocking calls on sockets by it";
        }
        return REASONS.get(name);
    }

    /**
     * The signal by which the JVM suspends threads, chosen as the JVM chooses it.
     *
     * @param wanted the value of the environment variable, or null
     * @param lastNumber the highest one of the system
     * @return its number
     */
    static int suspendNumber(@Nullable String wanted, int lastNumber) {
        int usual = SignalNames.number("USR2");
        if (wanted == null) {
            return usual;
        }
        try {
            int number = Integer.parseInt(wanted.strip());
            return number > LAST_UNFIT && number <= lastNumber ? number : usual;
        } catch (NumberFormatException e) {
            return usual; // the JVM has warned
        }
    }

    /** Whether the JVM has the thread that takes signals from its handler in C; with -Xrs it has none. */
    private static boolean hasDispatcher() {
        var group = Thread.currentThread().getThreadGroup();
        while (group.getParent() != null) {
            group = group.getParent();
        }
        Thread[] threads;
        int count;
        do {
            threads = new Thread[2 * group.activeCount() + 16];
            count = group.enumerate(threads, false);
        } while (count == threads.length); // there may be more
        return Arrays.stream(threads, 0, count).anyMatch(thread -> thread.getName().equals("Signal Dispatcher"));
    }
}
