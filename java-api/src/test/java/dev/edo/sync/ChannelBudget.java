package dev.edo.sync;

import dev.edo.future.Context;
import dev.edo.future.Waker;

/** A context with a budget that the test sees; nobody is woken. */
final class ChannelBudget implements Context {
    int left;

    ChannelBudget(int left) {
        this.left = left;
    }

    @Override
    public Waker waker() {
        return () -> {};
    }

    @Override
    public boolean pollProceed() {
        return left > 0;
    }

    @Override
    public void madeProgress() {
        left--;
    }
}
