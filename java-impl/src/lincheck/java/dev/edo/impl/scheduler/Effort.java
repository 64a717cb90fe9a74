package dev.edo.impl.scheduler;

/** How long the tests of the scheduler and of tasks take: {@code -Dedo.lincheck.effort} multiplies it. */
public final class Effort {
    private static final int EFFORT = Integer.getInteger("edo.lincheck.effort", 1);

    private Effort() {}

    /** So many scenarios, or as many times more. */
    public static int iterations(int quick) {
        return quick * EFFORT;
    }
}
