package dev.edo.sync;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** Permits that come back to the word they were taken from. */
final class PlainPermits extends BatchSemaphore {
    private static final VarHandle WORD;

    static {
        try {
            WORD = MethodHandles.lookup().findVarHandle(PlainPermits.class, "word", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
        linkCallSites(new PlainPermits(1));
    }

    @SuppressWarnings("FieldMayBeFinal") // written through WORD
    private volatile long word;

    /**
     * An open semaphore.
     *
     * @param permits how many are free, 0 to {@link #MAX_PERMITS}
     */
    PlainPermits(long permits) {
        WORD.setRelease(this, openWord(permits)); // nobody knows it yet
    }

    @Override
    long word() {
        return word;
    }

    @Override
    boolean compareAndSetWord(long expected, long next) {
        return WORD.compareAndSet(this, expected, next);
    }
}
