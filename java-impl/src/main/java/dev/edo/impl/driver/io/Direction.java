package dev.edo.impl.driver.io;

/** The two streams of readiness that have a waker of their own. */
enum Direction {
    READ(ReadyMask.READ),
    WRITE(ReadyMask.WRITE);

    final int mask;

    Direction(int mask) {
        this.mask = mask;
    }
}
