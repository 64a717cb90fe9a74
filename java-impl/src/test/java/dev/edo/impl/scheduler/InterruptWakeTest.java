package dev.edo.impl.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of an interrupt of the thread that drives the tasks; {@code wakeup()} is called as the JDK does. */
class InterruptWakeTest {
    private final AtomicInteger wakes = new AtomicInteger();
    private final InterruptWake interrupts = new InterruptWake(wakes::incrementAndGet);

    /** Of the calling thread. */
    private InterruptWake.Hook hook() {
        return new InterruptWake.Hook(wakes::incrementAndGet);
    }

    @BeforeEach
    @AfterEach
    void clearStatus() {
        Thread.interrupted();
    }

    @Test
    void interruptIsNotedAndEndsTheSleep() {
        var hook = hook();
        hook.set();
        assertFalse(hook.isNoted());
        hook.wakeup();
        assertTrue(hook.isNoted());
        assertEquals(1, wakes.get());
        hook.leave();
        assertTrue(Thread.interrupted(), "it is in the status again");
    }

    @Test
    void threadThatIsInterruptedAlreadyIsNoted() {
        Thread.currentThread().interrupt();
        var hook = hook();
        hook.set();
        assertTrue(Thread.interrupted());
        assertTrue(hook.isNoted());
        hook.leave();
        assertTrue(Thread.interrupted());
    }

    @Test
    void withoutAnInterruptTheStatusStaysClear() {
        var hook = hook();
        hook.set();
        hook.leave();
        assertFalse(Thread.interrupted());
        assertEquals(0, wakes.get());
    }

    /**
     * Who interrupts sets the status and finds the hook; the thread sees the status and leaves, and its caller deals
     * with it; only then the hook is called. Nobody is interrupted a second time.
     */
    @Test
    void hookThatIsCalledAfterTheInterruptWasSeenDoesNothing() {
        var hook = hook();
        hook.set();
        Thread.currentThread().interrupt(); // as from elsewhere, but that the hook is still to be called
        hook.leave();
        assertTrue(Thread.interrupted());
        hook.wakeup();
        assertFalse(Thread.interrupted());
        assertEquals(0, wakes.get());
    }

    /** The same, but a virtual thread that was mounted has cleared the status before the thread looked. */
    @Test
    void hookThatIsCalledLateHandsInAnInterruptThatNobodySaw() {
        var hook = hook();
        hook.set();
        Thread.currentThread().interrupt();
        assertTrue(Thread.interrupted()); // the virtual thread
        hook.leave();
        hook.wakeup();
        assertTrue(Thread.interrupted());
        hook.wakeup();
        assertFalse(Thread.interrupted(), "once");
    }

    /** A channel, here another hook, takes the only place there is and leaves none behind. */
    @Test
    void hookThatSomebodyElseTookOffIsSetAgainBeforeTheNextMount() {
        interrupts.beforeMount();
        var other = hook();
        other.set();
        other.leave();
        interrupts.beforeMount();
        var self = Thread.currentThread();
        var interrupter = Thread.ofPlatform().start(self::interrupt);
        while (interrupter.isAlive()) {
            Thread.onSpinWait(); // join() would clear the status
        }
        assertTrue(Objects.requireNonNull(interrupts.hook).isNoted());
        interrupts.unwatch();
        assertTrue(Thread.interrupted());
    }

    /** What comes late for one stay is none of the next one's, which may be another thread's. */
    @Test
    void eachStayHasItsOwnNote() {
        interrupts.watch();
        var first = Objects.requireNonNull(interrupts.hook);
        Thread.currentThread().interrupt();
        interrupts.unwatch();
        assertTrue(Thread.interrupted());
        interrupts.watch();
        first.wakeup();
        interrupts.restore();
        assertFalse(Thread.interrupted());
        interrupts.unwatch();
        assertFalse(Thread.interrupted());
    }
}
