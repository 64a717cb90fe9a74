package dev.edo.impl.driver.io;

import dev.edo.future.Context;
import dev.edo.future.Waker;

/** A context with a budget that the test sees. */
final class BudgetContext implements Context {
    int budget;
    int refused;
    private final Waker waker;

    BudgetContext(Waker waker, int budget) {
        this.waker = waker;
        this.budget = budget;
    }

    @Override
    public Waker waker() {
        return waker;
    }

    @Override
    public boolean pollProceed() {
        if (budget == 0) {
            refused++;
        }
        return budget > 0;
    }

    @Override
    public void madeProgress() {
        budget--;
    }
}
