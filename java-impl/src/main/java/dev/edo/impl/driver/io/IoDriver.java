package dev.edo.impl.driver.io;

import dev.edo.impl.driver.Park;
import dev.edo.impl.driver.WakeList;
import dev.edo.impl.libc.SystemError;
import dev.edo.impl.natives.SlotLayout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Sleeps in the selector and wakes the tasks whose descriptors became ready.
 *
 * <p>Algorithm: a turn releases the slots of deregistered descriptors, waits with the next tick
 * while C publishes what happens into the slots, and then walks the entries that C reports: the
 * slots somebody waits on. {@link WakeToken} tells when {@link #unpark} needs a system call.
 *
 * <p>Shutdown: the set of registrations is closed first, so none is added later; then every slot is
 * shut down and its waiters woken; then the selector frees poller and slots, once the calls of
 * other threads in progress have left. Open registrations outlive that: for them a region that is
 * gone reads as shut down.
 *
 * <p>Origin: Tokio's runtime/io/driver.rs.
 */
public final class IoDriver implements Park {
    private final Selector selector;
    private final RegistrationSet registrations;
    private final WakeToken token = new WakeToken();

    /** How many registrations are there for good. */
    private final AtomicInteger lasting = new AtomicInteger();

    // The polling thread's own; handed from one to the next by whatever keeps them apart.
    private final WakeList wakers = new WakeList();
    private long tick;

    /** What makes calls on files; set before any other thread knows this. */
    private @Nullable Uring uring;

    IoDriver(Selector selector, SlotRegion region) {
        this.selector = selector;
        registrations = new RegistrationSet(region);
    }

    /**
     * Opens a driver.
     *
     * @param maxEvents the most events taken from the kernel in one turn
     * @return the driver
     * @throws IOException when the kernel refuses
     */
    public static IoDriver open(int maxEvents) throws IOException {
        var region = SlotRegion.reserve();
        Selector selector;
        try {
            selector = NativeSelector.open(region, maxEvents);
        } catch (IOException | RuntimeException | Error e) {
            region.close();
            throw e;
        }
        try {
            return new IoDriver(selector, region);
        } catch (RuntimeException | Error e) {
            selector.close(); // and with it the region
            throw e;
        }
    }

    /**
     * Opens a ring for calls on files, whose ends this sees to from now on; where the system refuses, there is none.
     *
     * @throws IOException where that fails for want of memory or descriptors
     */
    public void openUring(UringCalls kernel) throws IOException {
        var opened = Uring.open(kernel);
        if (opened != null) {
            watch(opened);
        }
    }

    /** Ends of its operations end a wait of the selector; nobody waits for the registration itself. */
    void watch(Uring opened) throws IOException {
        uring = opened; // which the shutdown closes
        var unused = registerForGood(opened.eventDescriptor(), SlotLayout.READABLE);
    }

    /** {@return what makes calls on files, or null} */
    public @Nullable Uring uring() {
        return uring;
    }

    /**
     * Registers a descriptor for edge-triggered readiness.
     *
     * @param fd open, non-blocking, and not registered here; stays the caller's
     * @param interest what to ask the kernel for
     * @return the registration, to be closed before the descriptor
     * @throws IOException when the driver was shut down, has no slot left, or the kernel refuses
     */
    public Registration register(int fd, int interest) throws IOException {
        if ((interest & ReadyMask.INTERESTS) == 0) {
            throw new IllegalArgumentException("interest=0x" + Integer.toHexString(interest)
                    + " asks for nothing; use READABLE, WRITABLE, PRIORITY or ERROR");
        }
        ScheduledIo io;
        try {
            io = registrations.allocate(fd, interest);
        } catch (IOException e) {
            if (registrations.needsRelease()) {
                unpark();
            }
            throw e;
        }
        boolean registered = false;
        try {
            var registration = new Registration(this, io); // before the kernel knows: there may be no memory for it
            int result = selector.register(fd, io.slot, io.generation, interest & ReadyMask.INTERESTS);
            if (result < 0) {
                throw result == Selector.CLOSED
                        ? Registration.driverGone("cannot register fd=" + fd)
                        : SystemError.ofPoller("register fd=" + fd + " with the I/O driver", -result);
            }
            registered = true;
            return registration;
        } finally {
            if (!registered) {
                registrations.discard(io);
            }
        }
    }

    /**
     * Registers a descriptor that stays registered until this is shut down. As nobody has to close
     * it, {@link #slotsInUse} leaves it out.
     *
     * @param fd open, non-blocking, and not registered here; stays the caller's
     * @param interest what to ask the kernel for
     * @return the registration, not to be closed
     * @throws IOException when the driver was shut down, has no slot left, or the kernel refuses
     */
    public Registration registerForGood(int fd, int interest) throws IOException {
        var registration = register(fd, interest);
        lasting.incrementAndGet();
        return registration;
    }

    void deregister(ScheduledIo io) {
        if (io.close(selector)) {
            io.wakeClosed();
            if (registrations.deregister(io)) {
                unpark();
            }
        }
    }

    @Override
    public void park(long timeoutNanos) {
        if (registrations.needsRelease()) {
            registrations.release();
        }
        tick = ReadinessWord.nextTick(tick);
        boolean mayWait = timeoutNanos != 0 && token.beginWait() == WakeToken.Wait.SLEEP;
        int count = selector.select(mayWait ? timeoutNanos : 0, tick);
        token.endWait();
        if (count < 0) {
            throw new UncheckedIOException(SystemError.ofPoller("wait for I/O events", -count));
        }
        for (int entry = 0; entry < count; entry++) {
            var io = registrations.get(selector.readyIndex(entry));
            if (io != null) {
                io.wake(selector.readyBits(entry), wakers);
            }
        }
        if (uring != null) {
            uring.turn();
        }
    }

    @Override
    public void unpark() {
        switch (token.notifyOne()) {
            case WAKE_SLEEPER -> selector.wake();
            case NOT_SLEEPING, ALREADY_NOTIFIED -> {}
        }
    }

    @Override
    public void shutdown() {
        if (uring != null) {
            uring.shutdown();
        }
        for (var io : registrations.shutdown()) {
            io.shutdown(wakers);
        }
        selector.close();
    }

    /** {@return how many descriptors were registered so far} */
    public long registeredCount() {
        return registrations.registeredCount();
    }

    /** {@return how many of them were deregistered} */
    public long deregisteredCount() {
        return registrations.deregisteredCount();
    }

    /** {@return how many readiness events came in, for anybody or nobody} */
    public long readyCount() {
        return publishedCount();
    }

    /** {@return how many events nobody was waiting for} */
    public long quietCount() {
        return selector.count(Selector.Counter.QUIET);
    }

    /** {@return how many events were published into a slot} */
    public long publishedCount() {
        return selector.count(Selector.Counter.PUBLISHED);
    }

    /** {@return how many published events were reported to Java, because somebody waited} */
    public long upcallCount() {
        return selector.count(Selector.Counter.UPCALLS);
    }

    /** {@return how many events came for an earlier owner of their slot} */
    public long staleCount() {
        return selector.count(Selector.Counter.STALE);
    }

    /** {@return how many turns there were} */
    public long turnCount() {
        return selector.count(Selector.Counter.TURNS);
    }

    /** {@return how many wake-ups by system call arrived} */
    public long wakeCount() {
        return selector.count(Selector.Counter.WAKES);
    }

    int tableLength() {
        return registrations.tableLength();
    }

    /**
     * {@return how many slots are in use, those about to be released included, those that are
     * registered for good left out}
     */
    public int slotsInUse() {
        return Math.max(0, registrations.slotsInUse() - lasting.get());
    }
}
