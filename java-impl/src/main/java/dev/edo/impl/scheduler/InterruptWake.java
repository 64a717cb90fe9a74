package dev.edo.impl.scheduler;

import dev.edo.impl.task.coroutine.Carriers;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.spi.AbstractSelectableChannel;
import java.nio.channels.spi.AbstractSelector;
import java.nio.channels.spi.SelectorProvider;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Notes {@link Thread#interrupt()} of a thread that drives the tasks, and ends its sleep in the drivers, which the
 * kernel would go on with. It belongs to the holder of a core, or to the thread of a local set.
 *
 * <p>The JDK's own selectors have the same need, and it serves them by a hook that any {@link AbstractSelector} may
 * use: between {@code begin()} and {@code end()} whoever interrupts the thread calls {@link Hook#wakeup()}, and so does
 * {@code begin()} for a thread that is interrupted already. Nothing else of a selector is used here.
 *
 * <p>The interrupt status alone does not tell: a virtual thread clears that of its carrier when it is mounted and when
 * it leaves, be it that somebody interrupted the carrier meanwhile, or that the virtual thread did so itself. Programs
 * without virtual threads need no note, and pay for none: there the hook is set only to sleep.
 *
 * <p>A thread has one such hook. A channel that a stackless task or a hook of the application uses takes its place and
 * leaves none behind, so each mount looks whether it is still there.
 *
 * <p>Protocol of a hook, of which each stay of a thread has its own: WATCHING, NOTED, LEFT or OVER. An interrupt sets
 * the status, looks for the hook and calls it when it has let go of the JDK's lock, so possibly long after the thread
 * has gone. It notes itself in a hook that is WATCHING. Who leaves finds NOTED and interrupts the thread again; or goes
 * to OVER where the status is set, so that whoever is on its way has been heard; or to LEFT, where the late one knows
 * that a virtual thread has cleared what it had set, and interrupts the thread once more.
 */
public final class InterruptWake {
    private final Runnable wake;

    /** Of the thread that drives the tasks, from where it was needed first. */
    @Nullable Hook hook;

    /** What the JDK has kept of the hook since it was set; null where it was not set, or the JDK does not tell. */
    private @Nullable Object kept;

    private enum State {
        WATCHING,
        NOTED,
        LEFT,
        OVER
    }

    /**
     * For one core, or one set.
     *
     * @param wake ends a sleep in the drivers; called by whoever interrupts
     */
    public InterruptWake(Runnable wake) {
        this.wake = wake;
    }

    /** A virtual thread is about to be mounted. */
    public void beforeMount() {
        if (!isSet() || Thread.currentThread().isInterrupted()) { // who interrupts itself calls no hook
            watch();
        }
    }

    private boolean isSet() {
        var ours = kept;
        return ours != null && ours == Carriers.interruptHook();
    }

    /** Notes interrupts of the calling thread from here on. */
    public void watch() {
        var ours = hook;
        if (ours == null) {
            ours = new Hook(wake);
            hook = ours;
        }
        ours.set();
        kept = Carriers.interruptHook();
    }

    /** The thread leaves the core; an interrupt that was noted is in the status again. */
    public void unwatch() {
        kept = null;
        var ours = hook;
        if (ours != null) {
            hook = null;
            ours.leave();
        }
    }

    /** Has what was noted in the interrupt status again, which a virtual thread may have cleared. */
    public void restore() {
        if (isNoted()) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether an interrupt was noted; for the thread that is watched. */
    public boolean isNoted() {
        var ours = hook;
        return ours != null && ours.isNoted();
    }

    /** What the JDK calls when the thread that made it is interrupted. */
    static final class Hook extends AbstractSelector {
        private final Runnable wake;
        private final Thread thread = Thread.currentThread();
        private final AtomicReference<State> state = new AtomicReference<>(State.WATCHING);

        Hook(Runnable wake) {
            super(SelectorProvider.provider());
            this.wake = wake;
        }

        void set() {
            begin();
        }

        boolean isNoted() {
            return state.get() == State.NOTED;
        }

        void leave() {
            end(); // nobody finds it from here on; who has found it before may still be about to call it
            if (!state.compareAndSet(State.WATCHING, thread.isInterrupted() ? State.OVER : State.LEFT)) {
                thread.interrupt(); // it was noted
            }
        }

        @Override
        public Selector wakeup() {
            if (state.compareAndSet(State.WATCHING, State.NOTED)) {
                wake.run();
            } else if (state.compareAndSet(State.LEFT, State.OVER)) {
                thread.interrupt();
            }
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
}
