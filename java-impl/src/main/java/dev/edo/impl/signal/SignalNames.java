package dev.edo.impl.signal;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sun.misc.Signal;

/** The names that the JVM has for this system's signals, and their numbers. */
final class SignalNames {
    /** Those of Linux and macOS, one for each number. */
    private static final List<String> CANDIDATES = List.of(
            "ABRT", "ALRM", "BUS", "CHLD", "CONT", "EMT", "FPE", "HUP", "ILL", "INFO", "INT", "IO", "KILL", "PIPE",
            "PROF", "PWR", "QUIT", "SEGV", "STKFLT", "STOP", "SYS", "TERM", "TRAP", "TSTP", "TTIN", "TTOU", "URG",
            "USR1", "USR2", "VTALRM", "WINCH", "XCPU", "XFSZ");

    private static final Map<String, Integer> NUMBERS = numbers();
    private static final Map<Integer, String> NAMES = names();

    private SignalNames() {}

    private static Map<String, Integer> numbers() {
        var numbers = new HashMap<String, Integer>();
        for (var name : CANDIDATES) {
            try {
                numbers.put(name, new Signal(name).getNumber());
            } catch (IllegalArgumentException e) {
                continue; // this system has no such signal
            }
        }
        return Map.copyOf(numbers);
    }

    private static Map<Integer, String> names() {
        var names = new HashMap<Integer, String>();
        NUMBERS.forEach((name, number) -> names.put(number, name));
        return Map.copyOf(names);
    }

    /** {@return the number, or -1} */
    static int number(String name) {
        return NUMBERS.getOrDefault(name, -1);
    }

    static @Nullable String name(int number) {
        return NAMES.get(number);
    }
}
