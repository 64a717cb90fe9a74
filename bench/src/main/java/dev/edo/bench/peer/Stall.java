package dev.edo.bench.peer;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Ten microseconds of a busy worker. It gives its core away in between by {@code sched_yield}, as
 * Tokio's bench does; {@code Thread.yield} would be another thing in a virtual thread.
 */
public final class Stall {
    private static final long NANOS = 10_000;
    private static final MethodHandle SCHED_YIELD = Linker.nativeLinker().downcallHandle(
            Linker.nativeLinker().defaultLookup().findOrThrow("sched_yield"),
            FunctionDescriptor.of(ValueLayout.JAVA_INT));

    private Stall() {}

    /** Stalls. */
    public static void stall() {
        long start = System.nanoTime();
        while (System.nanoTime() - start < NANOS) {
            yieldCore();
        }
    }

    private static void yieldCore() {
        try {
            var ignored = (int) SCHED_YIELD.invokeExact();
        } catch (Throwable t) {
            throw new AssertionError(t);
        }
    }
}
