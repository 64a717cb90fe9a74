package dev.edo.task;

import dev.edo.future.Context;
import dev.edo.future.Waker;

/** Counts wake-ups, and knows a budget. */
final class CountingContext implements Context, Waker {
    int wakeUps;
    int budget = Integer.MAX_VALUE;

    @Override
    public Waker waker() {
        return this;
    }

    @Override
    public void wake() {
        wakeUps++;
    }

    @Override
    public boolean pollProceed() {
        if (budget > 0) {
            return true;
        }
        wakeUps++;
        return false;
    }

    @Override
    public void madeProgress() {
        budget--;
    }
}
