package dev.edo.impl.driver.io;

import dev.edo.impl.libc.SystemError;
import dev.edo.impl.natives.NativePoller;
import dev.edo.impl.natives.PollerLayout;
import dev.edo.impl.natives.ReadyLayout;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.EnumMap;
import java.util.Map;

/**
 * The selector in C: epoll or kqueue.
 *
 * <p>Algorithm: a {@link UseCount} says who may use the poller's address: the owner, and every other
 * thread for the time of its call. The last one frees poller and slots.
 *
 * <p>Invariants: {@link #select}, {@link #readyIndex}, {@link #readyBits} and {@link #close} belong
 * to one thread at a time and need not enter: they are the owner's.
 */
final class NativeSelector implements Selector {
    private final long poller;
    private final MemorySegment pollerSegment;
    private final MemorySegment ready;
    private final SlotRegion region;
    private final UseCount uses = new UseCount();
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
            throw SystemError.ofPoller("open the poller of the I/O driver", (int) -poller);
        }
        try {
            return new NativeSelector(poller, region);
        } catch (RuntimeException | Error e) {
            NativePoller.destroy(poller);
            throw e;
        }
    }

    // SAFETY, for every use of the poller's address below: it is freed by the last user only, and
    // the caller is one, by enter() or as the owner.

    @Override
    public int register(int fd, int index, int generation, int interest) {
        if (!uses.enter()) {
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
        if (!uses.enter()) {
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
        if (uses.isClosed()) {
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
        if (!uses.enter()) {
            return;
        }
        int result;
        try {
            result = NativePoller.wake(poller);
        } finally {
            leave();
        }
        if (result < 0) {
            throw new IllegalStateException(SystemError.ofPoller("wake the I/O driver", -result).getMessage());
        }
    }

    @Override
    public long count(Counter counter) {
        if (!uses.enter()) {
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
        if (uses.isClosed()) {
            return;
        }
        for (var counter : Counter.values()) {
            lastCounts.put(counter, countNow(counter));
        }
        // Makes lastCounts visible to whoever fails to enter from here on.
        if (uses.close()) {
            free();
        }
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

    private void leave() {
        if (uses.leave()) {
            free();
        }
    }

    private void free() {
        NativePoller.destroy(poller);
        region.close();
    }
}
