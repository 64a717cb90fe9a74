package dev.edo.impl.task;

import dev.edo.future.Waker;

/** Counts how often it was woken. */
final class CountingWaker implements Waker {
    int wakes;

    @Override
    public void wake() {
        wakes++;
    }
}
