package dev.edo.internal;

/**
 * Tasks that one call has woken and that are not queued yet: whoever wakes several puts them off
 * by {@link BatchWaker#wake(WakeBatch)} and ends the batch before the call returns.
 */
public interface WakeBatch {
    /** Queues what is left to queue. Never throws. */
    void end();
}
