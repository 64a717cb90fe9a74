package dev.edo.impl.driver.io;

import dev.edo.impl.natives.SlotLayout;

/** Sets of readiness bits that belong together. */
final class ReadyMask {
    /** Final states: once seen they stay, and clearing leaves them alone. */
    static final int CLOSED = SlotLayout.READ_CLOSED | SlotLayout.WRITE_CLOSED;

    /** What ends the wait of a reader. */
    static final int READ = SlotLayout.READABLE | SlotLayout.READ_CLOSED | SlotLayout.ERROR;

    /** What ends the wait of a writer. */
    static final int WRITE = SlotLayout.WRITABLE | SlotLayout.WRITE_CLOSED | SlotLayout.ERROR;

    /** Everything. */
    static final int ALL = READ | WRITE | SlotLayout.PRIORITY;

    /** What the kernel can be asked for. */
    static final int INTERESTS =
            SlotLayout.READABLE | SlotLayout.WRITABLE | SlotLayout.PRIORITY | SlotLayout.ERROR;

    private ReadyMask() {}

    /** {@return what ends the wait for this interest: its own bits, and that they can never come any more} */
    static int ofInterest(int interest) {
        int mask = interest & INTERESTS;
        if ((interest & (SlotLayout.READABLE | SlotLayout.PRIORITY)) != 0) {
            mask |= SlotLayout.READ_CLOSED;
        }
        if ((interest & SlotLayout.WRITABLE) != 0) {
            mask |= SlotLayout.WRITE_CLOSED;
        }
        return mask;
    }

    /**
     * What clearing {@code mask} after {@code event} takes away. The error bit goes with it when
     * the caller saw it: who found nothing to do has fetched the error, and would be called ready
     * for it forever otherwise.
     *
     * @param hasEnd whether the closed states are final. They are not in a socket of datagrams, where one error
     *     that came by ICMP looks like the end: there they go with the readiness of their direction
     */
    static int clearable(long event, int mask, boolean hasEnd) {
        int clear = mask | (int) event & SlotLayout.ERROR;
        return hasEnd ? clear & ~CLOSED : ofInterest(clear);
    }
}
