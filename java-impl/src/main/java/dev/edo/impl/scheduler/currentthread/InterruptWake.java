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
 * Notes {@link Thread#interrupt()} of a thread that drives the tasks, and ends its sleep in the drivers, which the
 * kernel would go on with. The holder's, of one core.
 *
 * <p>The JDK's own selectors have the same need, and it serves them by a hook that any {@link AbstractSelector} may use:
 * between {@code begin()} and {@code end()} whoever interrupts the thread calls {@link #wakeup()}, and so does
 * {@code begin()} for a thread that is interrupted already. Nothing else of a selector is used here.
 *
 * <p>The interrupt status alone does not tell: a virtual thread clears that of its carrier when it is mounted and when
 * it leaves, be it that somebody interrupted the carrier meanwhile, or that the virtual thread did so itself. Programs
 * without virtual threads need no note, and pay for none: there the hook is set only to sleep.
 */
final class InterruptWake extends AbstractSelector {
    private final Park driver;

    /** Whether the hook is set. */
    private boolean watching;

    /** Whether somebody interrupted the thread since then. */
    private volatile boolean interrupted;

    /** Whether it was set in this turn of the loop: what a task calls may have used the hook for itself. */
    private boolean renewed;

    InterruptWake(Park driver) {
        super(SelectorProvider.provider());
        this.driver = driver;
    }

    /** A turn of the loop begins. */
    void beginTurn() {
        renewed = false;
    }

    /** A virtual thread is about to be mounted. */
    void beforeMount() {
        if (!renewed) {
            watch();
        }
    }

    /** Notes interrupts of the calling thread from here on. */
    void watch() {
        renewed = true;
        watching = true;
        begin();
    }

    /** The thread leaves the core; an interrupt that was noted is in the status again. */
    void unwatch() {
        if (watching) {
            watching = false;
            end(); // nobody calls wakeup() any more
            restore();
            interrupted = false;
        }
    }

    /** Has what was noted in the interrupt status again, which a virtual thread may have cleared. */
    void restore() {
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public Selector wakeup() {
        interrupted = true;
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
