package dev.edo.impl.scheduler.currentthread;

import dev.edo.impl.driver.Park;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.spi.AbstractSelectableChannel;
import java.nio.channels.spi.AbstractSelector;
import java.nio.channels.spi.SelectorProvider;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets {@link Thread#interrupt()} end a sleep in the drivers, which the kernel would go on with.
 *
 * <p>The JDK's own selectors have the same need, and it serves them by a hook that any {@link AbstractSelector} may use:
 * between {@code begin()} and {@code end()} whoever interrupts the thread calls {@link #wakeup()}, and so does
 * {@code begin()} for a thread that is interrupted already. Nothing else of a selector is used here.
 */
final class InterruptWake extends AbstractSelector {
    private final Park driver;

    InterruptWake(Park driver) {
        super(SelectorProvider.provider());
        this.driver = driver;
    }

    /** Sleeps in the drivers until an event, a wake-up or an interrupt, whose status stays set. */
    void park() {
        begin();
        try {
            driver.park(Park.FOREVER);
        } finally {
            end();
        }
    }

    @Override
    public Selector wakeup() {
        driver.unpark();
        return this;
    }

    @Override
    protected void implCloseSelector() {}

    @Override
    protected SelectionKey register(AbstractSelectableChannel channel, int ops, @Nullable Object attachment) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Set<SelectionKey> keys() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Set<SelectionKey> selectedKeys() {
        throw new UnsupportedOperationException();
    }

    @Override
    public int selectNow() {
        throw new UnsupportedOperationException();
    }

    @Override
    public int select(long timeoutMillis) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int select() {
        throw new UnsupportedOperationException();
    }
}
