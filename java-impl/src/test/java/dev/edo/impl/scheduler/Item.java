package dev.edo.impl.scheduler;

/** A node for queues; it is not run. */
public class Item extends Schedulable {
    private final int number;

    public Item(int number) {
        this.number = number;
    }

    @Override
    public int run(ThreadContext context, int budget) {
        throw new AssertionError("item " + number + " was run");
    }

    @Override
    public String toString() {
        return "item " + number;
    }
}
