package dev.edo.impl.scheduler;

import dev.edo.internal.NumberProperty;

/** How long the tests of the scheduler and of tasks take: {@code -Dedo.lincheck.effort} multiplies it. */
public final class Effort {
    private static final int EFFORT = NumberProperty.read("edo.lincheck.effort", 1, 1, 1_000_000);

    private Effort() {}

    /** So many scenarios, or as many times more. */
    public static int iterations(int quick) {
        return quick * EFFORT;
    }
}
