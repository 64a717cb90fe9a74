package dev.edo.stream;

import dev.edo.future.Context;
import dev.edo.future.Waker;

/** A context whose budget is spent after some units of work, as that of a task. */
final class Budget implements Context {
    private final CountingWaker waker = new CountingWaker();
    private int units;
    private int used;

    Budget(int units) {
        this.units = units;
    }

    @Override
    public Waker waker() {
        return waker;
    }

    @Override
    public boolean pollProceed() {
        if (units == 0) {
            waker.wake();
            return false;
        }
        return true;
    }

    @Override
    public boolean hasBudgetRemaining() {
        return units > 0;
    }

    @Override
    public void madeProgress() {
        units--;
        used++;
    }

    void refill(int newUnits) {
        units = newUnits;
    }

    int used() {
        return used;
    }

    int wakes() {
        return waker.wakes();
    }
}
