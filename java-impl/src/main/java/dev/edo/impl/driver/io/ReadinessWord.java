package dev.edo.impl.driver.io;

import dev.edo.impl.natives.SlotLayout;

/**
 * Event words, cut out of the readiness word of a slot ({@link SlotLayout} draws it). An event word
 * has the tick of the word it was cut from, and of its readiness the bits that were asked for: at
 * least one. It is never negative, so negative numbers can stand for what is no event.
 */
final class ReadinessWord {
    /** In place of an event: nothing that was asked for is ready. */
    static final long PENDING = -1;

    /** In place of an event, and the word of a slot that is gone: nothing will ever come here again. */
    static final long SHUTDOWN = SlotLayout.SHUTDOWN;

    private ReadinessWord() {}

    /** {@return the event with those bits of {@code mask} that are ready, or PENDING, or SHUTDOWN} */
    static long event(long word, int mask) {
        return event(word, 0, mask);
    }

    /** The same, taking the bits in {@code fired} as ready although the word may have lost them again. */
    static long event(long word, int fired, int mask) {
        if (SlotLayout.isShutdown(word)) {
            return SHUTDOWN;
        }
        int ready = (SlotLayout.ready(word) | fired) & mask;
        return ready == 0 ? PENDING : SlotLayout.pack(SlotLayout.tick(word), ready);
    }

    /** {@return the tick of the turn after this one; never 0, the tick of a slot without any event yet} */
    static long nextTick(long tick) {
        long next = tick + 1 & SlotLayout.TICK_MASK;
        return next == 0 ? 1 : next;
    }
}
