package dev.edo.process;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * How a process ended: with a code, or by a signal.
 *
 * <pre>{@code
 * var status = Command.of("make").status().await();
 * if (!status.success()) {
 *     throw new IOException("make failed: " + status);
 * }
 * }</pre>
 *
 * @see <a href="https://doc.rust-lang.org/std/process/struct.ExitStatus.html">std::process::ExitStatus</a>
 */
public final class ExitStatus {
    private static final int SIGNAL_MASK = 0x7f;

    /** In place of a signal: it has not ended at all, but stopped or gone on. */
    private static final int NOT_ENDED = 0x7f;

    private static final int CORE_DUMPED = 0x80;
    private static final int CODE_MASK = 0xff;

    private final int raw;

    private ExitStatus(int raw) {
        this.raw = raw;
    }

    /**
     * Makes one of what {@code wait} of the system reports.
     *
     * @param raw the number
     * @return the status
     */
    public static ExitStatus fromRaw(int raw) {
        return new ExitStatus(raw);
    }

    /**
     * Tells whether the process ended with the code 0.
     *
     * @return whether it did
     */
    public boolean success() {
        return raw == 0;
    }

    /**
     * Tells the code that the process ended with.
     *
     * @return 0 to 255; nothing where a signal ended it
     */
    public OptionalInt code() {
        return (raw & SIGNAL_MASK) == 0 ? OptionalInt.of(raw >>> Byte.SIZE & CODE_MASK) : OptionalInt.empty();
    }

    /**
     * Tells the signal that ended the process.
     *
     * @return its number, as that of a {@link dev.edo.signal.SignalKind}; nothing where it ended by itself
     */
    public OptionalInt signal() {
        int number = signalNumber();
        return number == 0 ? OptionalInt.empty() : OptionalInt.of(number);
    }

    /**
     * Tells whether the signal that ended the process made the system keep its memory in a file.
     *
     * @return whether it did
     */
    public boolean coreDumped() {
        return signalNumber() != 0 && (raw & CORE_DUMPED) != 0;
    }

    /**
     * Tells what {@code wait} of the system reported.
     *
     * @return the number
     */
    public int raw() {
        return raw;
    }

    /** {@return the signal that ended it, or 0} */
    private int signalNumber() {
        int number = raw & SIGNAL_MASK;
        return number == NOT_ENDED ? 0 : number;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ExitStatus status && status.raw == raw;
    }

    @Override
    public int hashCode() {
        return raw;
    }

    @Override
    public String toString() {
        if ((raw & SIGNAL_MASK) == NOT_ENDED) {
            return "not ended (raw=" + raw + ")";
        }
        int number = signalNumber();
        return number == 0 ? "exit code " + (raw >>> Byte.SIZE & CODE_MASK)
                : "signal " + number + (coreDumped() ? " (core dumped)" : "");
    }
}
