package dev.edo.impl.runtime;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the place in the program that spawns a task: the innermost frame that is not one of Edo's. */
final class SpawnPlace {
    /** The packages whose classes spawn for somebody else. */
    private static final Set<String> EDO = Set.of(
            "dev.edo",
            "dev.edo.future",
            "dev.edo.runtime",
            "dev.edo.stream",
            "dev.edo.task",
            "dev.edo.test",
            "dev.edo.impl.runtime",
            "dev.edo.impl.task.local");

    private static final StackWalker WALKER = StackWalker.getInstance();

    private SpawnPlace() {}

    /** The place that the calling thread comes from, or null if it has no frames but Edo's. */
    static @Nullable StackTraceElement ofCaller() {
        return WALKER.walk(frames -> frames
                .filter(frame -> !isEdo(frame.getClassName()))
                .findFirst()
                .map(StackWalker.StackFrame::toStackTraceElement)
                .orElse(null));
    }

    private static boolean isEdo(String className) {
        return EDO.contains(className.substring(0, Math.max(0, className.lastIndexOf('.'))));
    }
}
