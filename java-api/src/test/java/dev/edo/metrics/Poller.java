package dev.edo.metrics;

import dev.edo.future.Context;
import dev.edo.future.Waker;
import dev.edo.internal.OwnedWaker;

/** Whoever polls: a context that counts its wake-ups, with a budget that a test sets. */
final class Poller implements Context, OwnedWaker {
    int wakeUps;
    int progress;
    int randoms;
    boolean hasBudget = true;
    boolean tracing;
    boolean callers = true;

    /** How often the waker was asked for; a trace takes that for a place where somebody waits. */
    int askedForWaker;

    @Override
    public Waker waker() {
        askedForWaker++;
        return this;
    }

    @Override
    public void wake() {
        wakeUps++;
    }

    @Override
    public boolean isCallers() {
        return callers;
    }

    @Override
    public boolean pollProceed() {
        return hasBudget && !tracing;
    }

    @Override
    public boolean hasBudgetRemaining() {
        return hasBudget;
    }

    @Override
    public boolean isTracing() {
        return tracing;
    }

    @Override
    public void madeProgress() {
        progress++;
    }

    @Override
    public int random() {
        return ++randoms;
    }
}
