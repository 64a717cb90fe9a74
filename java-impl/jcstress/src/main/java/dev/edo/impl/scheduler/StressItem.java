package dev.edo.impl.scheduler;

/** A node for queues: it is never run, it only remembers which one it is. */
public final class StressItem extends Schedulable {
    private final int number;

    /** Written before the item is queued, read after it was taken: plain on purpose. */
    public int payload;

    /** How often it was dropped; written by whoever drops it. */
    public volatile int dropped;

    public StressItem(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    @Override
    public int run(ThreadContext context, int budget) {
        throw new AssertionError("item " + number + " was run");
    }

    @Override
    @SuppressWarnings("NonAtomicOperationOnVolatileField") // twice at once is what the tests forbid
    public void drop() {
        dropped++;
    }
}
