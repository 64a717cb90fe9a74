package dev.edo.impl.scheduler;

/** A node for queues; it is not run. */
public final class Numbered extends Schedulable {
    public final int number;

    /** How often it was taken out of a queue; written by whoever takes it. */
    public int taken;

    public Numbered(int number) {
        this.number = number;
    }

    @Override
    public int run(ThreadContext context, int budget) {
        throw new AssertionError("node " + number + " was run");
    }
}
