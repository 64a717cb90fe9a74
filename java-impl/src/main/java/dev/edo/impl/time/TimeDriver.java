package dev.edo.impl.time;

import dev.edo.future.Waker;
import dev.edo.impl.driver.Park;
import dev.edo.impl.driver.io.IoDriver;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The timers of one runtime, and the park that ends when the next one is due.
 *
 * <p>Algorithm: the parking thread sleeps until the earliest deadline of all shards, then fires
 * what is due in all of them, so that a worker busy with a long poll holds up no timer that was
 * known then. A worker that registers in its own shard tells nobody: it looks at {@link
 * #nanosToNext} before it sleeps itself. Any other thread registers in the last, shared shard and
 * must tell the sleeper when its timer comes first:
 *
 * <pre>
 *   registers:  shared.next = deadline;      if (shared.next &lt; sleepingUntil) unpark
 *   parks:      sleepingUntil = earliest;    sleep until min(earliest, shared.next)
 * </pre>
 *
 * <p>All four accesses are volatile, so at least one of the two sees what the other wrote: the
 * sleeper goes to sleep knowing the new timer, or is unparked, which also ends a park that has not
 * begun.
 *
 * <p>A paused clock: the park only looks for events. If there was none, nobody unparked and no
 * blocking job runs, the clock jumps to the next deadline. While it must not jump, time stands
 * still and the park waits for an unpark.
 *
 * <p>Shutdown: each shard is closed; its timers are woken and their polls throw.
 *
 * <p>Origin: Tokio's {@code runtime/time/mod.rs}; sharded, and auto-advance also stops for an I/O
 * event.
 */
public final class TimeDriver implements Park {
    private static final long AWAKE = Long.MIN_VALUE;
    private static final VarHandle UNPARKED;

    static {
        try {
            UNPARKED = MethodHandles.lookup()
                    .findVarHandle(TimeDriver.class, "unparked", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
        linkCallSites();
    }

    private final Clock clock;
    private final Park inner;
    private final TimerShard[] shards;
    private final TimerShard shared;
    private volatile long sleepingUntil = AWAKE;

    /**
     * Whether somebody called unpark since a paused park last looked; kept only while the clock is
     * paused.
     */
    private volatile boolean unparked;

    /**
     * The driver of one runtime.
     *
     * @param inner what to sleep in
     * @param shards the number of shards: one per worker, and the last one for all other threads
     */
    public TimeDriver(Clock clock, Park inner, int shards) {
        if (shards < 1) {
            throw new IllegalArgumentException("shards=" + shards + " must be at least 1");
        }
        this.clock = clock;
        this.inner = inner;
        this.shards = new TimerShard[shards];
        for (int i = 0; i < shards; i++) {
            this.shards[i] = new TimerShard(i == shards - 1);
        }
        this.shared = this.shards[shards - 1];
    }

    /**
     * Runs all that runs under the lock of a shard once, because linking may park, which it must not
     * do there.
     */
    private static void linkCallSites() {
        var driver = new TimeDriver(new Clock(false), new NoPark(), 2);
        Waker nobody = () -> {};
        long soonNanos = 1L << Wheel.TICK_SHIFT;
        for (var shard : driver.shards) { // a worker's and the shared one
            var entry = new UnownedEntry(driver, soonNanos);
            shard.insert(entry, nobody, 0);
            shard.replaceWaker(entry, nobody);
            shard.move(entry, 2 * soonNanos, 0);
            shard.remove(entry);
            shard.insert(entry, nobody, 0);
            shard.fire(2 * soonNanos, false);
        }
    }

    /** Never parked. */
    private static final class NoPark implements Park {
        @Override
        public void park(long timeoutNanos) {}

        @Override
        public void unpark() {}

        @Override
        public void shutdown() {}
    }

    /** Never polled. */
    private static final class UnownedEntry extends TimerEntry {
        UnownedEntry(TimeDriver driver, long deadlineNanos) {
            super(driver, deadlineNanos);
        }

        @Override
        int homeShard() {
            return 0;
        }
    }

    /** What tells the time. */
    public Clock clock() {
        return clock;
    }

    TimerShard shard(int index) {
        return shards[index];
    }

    /** Called after a timer in this shard became its first one, by the thread that put it there. */
    void nextCameNearer(TimerShard shard) {
        if (shard == shared && shard.nextVolatile() < sleepingUntil) {
            unpark();
        }
    }

    /**
     * Sleeps until the earliest timer of any shard at most, then fires what is due in all shards.
     */
    @Override
    public void park(long timeoutNanos) {
        if (timeoutNanos == 0) {
            inner.park(0);
        } else if (clock.isPaused()) {
            parkPaused(timeoutNanos);
        } else {
            parkRunning(timeoutNanos);
        }
        fireAll();
    }

    private void parkRunning(long timeoutNanos) {
        long next = earliest();
        if (next == Wheel.NEVER) {
            sleep(timeoutNanos, timeoutNanos == FOREVER ? Wheel.NEVER : deadlineIn(timeoutNanos));
            return;
        }
        long now = clock.nanos();
        long untilNext = Math.max(0, next - now);
        long limit = timeoutNanos == FOREVER ? untilNext : Math.min(timeoutNanos, untilNext);
        if (limit == 0) {
            inner.park(0);
        } else {
            sleep(limit, now + limit);
        }
    }

    private long deadlineIn(long nanos) {
        long deadline = clock.nanos() + nanos;
        return deadline < 0 ? Wheel.NEVER : deadline;
    }

    private void sleep(long timeoutNanos, long untilNanos) {
        sleepingUntil = untilNanos;
        try {
            long arrived = shared.nextVolatile();
            if (arrived >= untilNanos) {
                inner.park(timeoutNanos);
            } else {
                inner.park(clock.isPaused() ? 0 : Math.max(0, arrived - clock.nanos()));
            }
        } finally {
            sleepingUntil = AWAKE;
        }
    }

    private void parkPaused(long timeoutNanos) {
        long now = clock.nanos();
        long next = earliestExact();
        if (next > now && !clock.canAutoAdvance()) {
            inner.park(timeoutNanos);
            return;
        }
        if (next == Wheel.NEVER && timeoutNanos == FOREVER) {
            sleep(FOREVER, Wheel.NEVER);
            return;
        }
        long eventsBefore = ioEvents();
        inner.park(0);
        boolean woken = unparked && (boolean) UNPARKED.getAndSet(this, false);
        if (!woken && ioEvents() == eventsBefore && clock.canAutoAdvance()) {
            long limit = timeoutNanos == FOREVER ? Wheel.NEVER : deadlineIn(timeoutNanos);
            clock.autoAdvanceTo(Math.min(next, limit));
        }
    }

    private long ioEvents() {
        return inner instanceof IoDriver io ? io.readyCount() : 0;
    }

    @Override
    public void unpark() {
        if (clock.isPaused()) {
            unparked = true;
        }
        inner.unpark();
    }

    @Override
    public void shutdown() {
        for (var shard : shards) {
            shard.close();
        }
        inner.shutdown();
    }

    /**
     * Nanoseconds until this shard's next timer is due (0 when overdue), or FOREVER; any thread, no
     * lock.
     */
    public long nanosToNext(int shard) {
        long next = shards[shard].nextVolatile();
        return next == Wheel.NEVER ? FOREVER : Math.max(0, next - clock.nanos());
    }

    /**
     * Fires what is due in one shard; called by its worker at maintenance and after a timed condvar
     * park.
     */
    public void processShard(int shard) {
        var due = shards[shard];
        if (due.nextVolatile() != Wheel.NEVER) {
            fireIfDue(due, clock.nanos(), clock.isPaused());
        }
    }

    /** How many timers wait to fire; any thread. */
    public long registeredCount() {
        long count = 0;
        for (var shard : shards) {
            count += shard.registeredCount();
        }
        return count;
    }

    /** Moves the paused clock and fires what came due. */
    void advance(long byNanos) {
        clock.advance(byNanos);
        fireAll();
        unpark();
    }

    void pause() {
        clock.pause();
    }

    void resume() {
        clock.resume();
        unpark();
    }

    /** Spawned blocking jobs inhibit auto-advance of a paused clock while they run. */
    public void inhibitAutoAdvance() {
        clock.inhibitAutoAdvance();
    }

    /**
     * Called when the job has ended <em>and</em> whoever waits for it has been woken: else the
     * clock may jump between.
     */
    public void allowAutoAdvance() {
        clock.allowAutoAdvance();
        if (clock.isPaused()) {
            unpark();
        }
    }

    private void fireAll() {
        if (earliest() == Wheel.NEVER) {
            return;
        }
        boolean exact = clock.isPaused();
        long now = clock.nanos();
        for (var shard : shards) {
            fireIfDue(shard, now, exact);
        }
    }

    private static void fireIfDue(TimerShard shard, long nowNanos, boolean exact) {
        // The published deadline is rounded up to a tick, so exactly it may come up to a tick
        // sooner.
        long slack = exact ? 1L << Wheel.TICK_SHIFT : 0;
        if (shard.nextVolatile() - slack <= nowNanos) {
            shard.fire(nowNanos, exact);
        }
    }

    private long earliest() {
        long earliest = Wheel.NEVER;
        for (var shard : shards) {
            earliest = Math.min(earliest, shard.nextVolatile());
        }
        return earliest;
    }

    private long earliestExact() {
        long earliest = Wheel.NEVER;
        for (var shard : shards) {
            earliest = Math.min(earliest, shard.nextExact());
        }
        return earliest;
    }
}
