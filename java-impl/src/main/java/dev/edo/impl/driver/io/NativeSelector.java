package dev.edo.impl.driver.io;

import dev.edo.impl.natives.NativePoller;
import dev.edo.impl.natives.PollerLayout;
import dev.edo.impl.natives.ReadyLayout;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The selector in C: epoll or kqueue.
 *
 * <p>Algorithm: {@code users} counts who may use the poller's address: the owner, and every other
 * thread for the time of its call. Closing sets the sign bit, after which nobody enters, and drops
 * the owner's own count. The one that brings the count to zero under the sign bit frees poller and
 * slots; nobody can be there later.
 *
 * <p>Invariants: {@link #select}, {@link #readyIndex}, {@link #readyBits} and {@link #close} belong
 * to one thread at a time and need not enter: the owner's count is theirs.
 */
final class NativeSelector implements Selector {
    private static final int CLOSED_BIT = Integer.MIN_VALUE;

    private final long poller;
    private final MemorySegment pollerSegment;
    private final MemorySegment ready;
    private final SlotRegion region;
    private final AtomicInteger users = new AtomicInteger(1);
    private final Map<Counter, Long> lastCounts = new EnumMap<>(Counter.class);

    private NativeSelector(long poller, SlotRegion region) {
        this.poller = poller;
        this.region = region;
        pollerSegment = PollerLayout.segment(poller);
        ready = ReadyLayout.segment(pollerSegment);
    }

    /** Opens a selector over a region, which it closes in the end. */
    static NativeSelector open(SlotRegion region, int maxEvents) throws IOException {
        // SAFETY: the region spans maxSlots + 1 slots at this address and is closed after the
        // poller.
        long poller = NativePoller.create(region.segment().address(), region.maxSlots() + 1, maxEvents);
        if (poller < 0) {
            throw PollError.of("open the poller of the I/O driver", (int) poller);
        }
        return new NativeSelector(poller, region);
    }

    // SAFETY, for every use of the poller's address below: it is freed by the last user only, and
    // the caller is one, by enter() or as the owner.

    @Override
    public int register(int fd, int index, int generation, int interest) {
        if (!enter()) {
            return CLOSED;
        }
        try {
            return NativePoller.register(poller, fd, index, generation, interest);
        } finally {
            leave();
        }
    }

    @Override
    public int deregister(int fd) {
        if (!enter()) {
            return CLOSED;
        }
        try {
            return NativePoller.deregister(poller, fd);
        } finally {
            leave();
        }
    }

    @Override
    public int select(long timeoutNanos, long tick) {
        if (users.get() < 0) {
            throw new IllegalStateException("select after the I/O driver was shut down");
        }
        return NativePoller.waitEvents(poller, timeoutNanos, tick);
    }

    @Override
    public int readyIndex(int entry) {
        return ReadyLayout.index(ready, entry);
    }

    @Override
    public int readyBits(int entry) {
        return ReadyLayout.ready(ready, entry);
    }

    @Override
    public void wake() {
        if (!enter()) {
            return;
        }
        int result;
        try {
            result = NativePoller.wake(poller);
        } finally {
            leave();
        }
        if (result < 0) {
            throw new IllegalStateException(PollError.of("wake the I/O driver", result).getMessage());
        }
    }

    @Override
    public long count(Counter counter) {
        if (!enter()) {
            return lastCounts.getOrDefault(counter, 0L);
        }
        try {
            return countNow(counter);
        } finally {
            leave();
        }
    }

    @Override
    public void close() {
        if (users.get() < 0) {
            return;
        }
        for (var counter : Counter.values()) {
            lastCounts.put(counter, countNow(counter));
        }
        // Makes lastCounts visible to whoever fails to enter from here on.
        users.getAndUpdate(count -> count | CLOSED_BIT);
        leave();
    }

    private long countNow(Counter counter) {
        return switch (counter) {
            case TURNS -> PollerLayout.turnsOpaque(pollerSegment);
            case PUBLISHED -> PollerLayout.publishedOpaque(pollerSegment);
            case UPCALLS -> PollerLayout.upcallsOpaque(pollerSegment);
            case QUIET -> PollerLayout.quietOpaque(pollerSegment);
            case STALE -> PollerLayout.staleOpaque(pollerSegment);
            case WAKES -> PollerLayout.wakesOpaque(pollerSegment);
        };
    }

    private boolean enter() {
        while (true) {
            int count = users.get();
            if (count < 0) {
                return false;
            }
            if (users.compareAndSet(count, count + 1)) {
                return true;
            }
        }
    }

    private void leave() {
        if (users.decrementAndGet() == CLOSED_BIT) {
            NativePoller.destroy(poller);
            region.close();
        }
    }
}
