package dev.edo.impl.scheduler;

import org.jspecify.annotations.Nullable;

/** Counts which of a few items a thread took; each thread has one of its own. */
public final class Census {
    private final int[] taken;
    private final StringBuilder order = new StringBuilder();

    public Census(int items) {
        taken = new int[items];
    }

    /** Counts an item, null for none. */
    public boolean add(@Nullable Schedulable item) {
        if (item instanceof StressItem known) {
            taken[known.number()]++;
            order.append(known.number());
            return true;
        }
        return false;
    }

    /** How many were taken, those that were taken twice counted twice. */
    public int size() {
        return order.length();
    }

    /** The numbers of the items in the order they came. */
    public String order() {
        return order.isEmpty() ? "-" : order.toString();
    }

    /** How many items nobody took. */
    public static int lost(Census... all) {
        int lost = 0;
        for (int item = 0; item < all[0].taken.length; item++) {
            lost += sum(item, all) == 0 ? 1 : 0;
        }
        return lost;
    }

    /** How many items were taken more than once. */
    public static int twice(Census... all) {
        int twice = 0;
        for (int item = 0; item < all[0].taken.length; item++) {
            twice += sum(item, all) > 1 ? 1 : 0;
        }
        return twice;
    }

    private static int sum(int item, Census... all) {
        int sum = 0;
        for (var census : all) {
            sum += census.taken[item];
        }
        return sum;
    }
}
