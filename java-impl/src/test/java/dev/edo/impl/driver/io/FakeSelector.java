package dev.edo.impl.driver.io;

import dev.edo.impl.natives.SlotLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A selector whose kernel is the test: {@link #event} makes an event, {@link #select} publishes it by
 * the protocol of the C poll step, whose twin {@link #publish} is.
 */
final class FakeSelector implements Selector {
    private record Token(int index, int generation) {}

    private record Event(Token token, int ready) {}

    private record Entry(int index, int ready) {}

    final SlotRegion region;
    private final Map<Integer, Token> tokens = new HashMap<>();
    private final ArrayDeque<Event> events = new ArrayDeque<>();
    private final List<Entry> entries = new ArrayList<>();
    private final Map<Counter, Long> counts = new EnumMap<>(Counter.class);
    private Runnable duringSelect = () -> {};
    private boolean wakePending;
    private boolean closed;
    private boolean holding;
    private int refuseWith;
    private int refuseDeregistrationWith;
    private int failWith;
    private int wakeCalls;
    private long lastTimeoutNanos;

    private FakeSelector(SlotRegion region) {
        this.region = region;
    }

    static FakeSelector withSlots(int maxSlots) {
        return new FakeSelector(regionOf(maxSlots));
    }

    static SlotRegion regionOf(int maxSlots) {
        var arena = Arena.ofShared();
        var bytes = (maxSlots + 1L) * SlotLayout.SIZE;
        return new SlotRegion(arena.allocate(bytes, SlotLayout.ALIGNMENT), arena);
    }

    /** What C does with one event. Returns whether somebody waits for it. */
    static boolean publish(MemorySegment slots, int index, int ready, long tick) {
        return addReadiness(slots, index, ready, tick) && claim(slots, index, ready);
    }

    /** The first half of it. Returns false if the slot is shut down. */
    static boolean addReadiness(MemorySegment slots, int index, int ready, long tick) {
        while (true) {
            long word = SlotLayout.readinessVolatile(slots, index);
            if (SlotLayout.isShutdown(word)) {
                return false;
            }
            if (SlotLayout.casReadiness(
                    slots, index, word, SlotLayout.pack(tick, SlotLayout.ready(word) | ready))) {
                return true;
            }
        }
    }

    /** The second half: takes the waiting bits that are satisfied. Returns whether there were any. */
    static boolean claim(MemorySegment slots, int index, int ready) {
        int claim = SlotLayout.waitingVolatile(slots, index) & ready;
        return claim != 0 && (SlotLayout.andWaiting(slots, index, ~claim) & claim) != 0;
    }

    /** An event for a descriptor, published by the next select. */
    synchronized void event(int fd, int ready) {
        var token = tokens.get(fd);
        if (token != null) {
            events.add(new Event(token, ready));
        }
    }

    /** Runs in the next select, after its events were taken from the kernel, before they are published. */
    synchronized void duringNextSelect(Runnable action) {
        duringSelect = action;
    }

    synchronized void refuseRegistration(int errno) {
        refuseWith = errno;
    }

    synchronized void refuseDeregistration(int errno) {
        refuseDeregistrationWith = errno;
    }

    synchronized void failNextSelect(int errno) {
        failWith = errno;
    }

    /** Keeps the events in the kernel until {@link #releaseEvents}. */
    synchronized void holdEvents() {
        holding = true;
    }

    synchronized void releaseEvents() {
        holding = false;
    }

    synchronized int wakeCalls() {
        return wakeCalls;
    }

    synchronized long lastTimeoutNanos() {
        return lastTimeoutNanos;
    }

    synchronized boolean isRegistered(int fd) {
        return tokens.containsKey(fd);
    }

    synchronized boolean isWakePending() {
        return wakePending;
    }

    @Override
    public synchronized int register(int fd, int index, int generation, int interest) {
        if (closed) {
            return CLOSED;
        }
        if (refuseWith != 0) {
            return -refuseWith;
        }
        tokens.put(fd, new Token(index, generation));
        return 0;
    }

    @Override
    public synchronized int deregister(int fd) {
        if (closed) {
            return CLOSED;
        }
        tokens.remove(fd);
        return -refuseDeregistrationWith;
    }

    @Override
    public int select(long timeoutNanos, long tick) {
        Runnable action;
        List<Event> taken;
        synchronized (this) {
            increment(Counter.TURNS);
            entries.clear();
            if (wakePending) {
                wakePending = false;
                increment(Counter.WAKES);
            }
            lastTimeoutNanos = timeoutNanos;
            if (failWith != 0) {
                int errno = failWith;
                failWith = 0;
                return -errno;
            }
            taken = holding ? List.of() : List.copyOf(events);
            if (!holding) {
                events.clear();
            }
            action = duringSelect;
            duringSelect = () -> {};
        }
        action.run();
        synchronized (this) {
            for (var event : taken) {
                var token = event.token;
                if (region.generation(token.index) != token.generation) {
                    increment(Counter.STALE);
                    continue;
                }
                increment(Counter.PUBLISHED);
                if (publish(region.segment(), token.index, event.ready, tick)) {
                    increment(Counter.UPCALLS);
                    entries.add(new Entry(token.index, event.ready));
                } else {
                    increment(Counter.QUIET);
                }
            }
            return entries.size();
        }
    }

    @Override
    public int readyIndex(int entry) {
        return entries.get(entry).index;
    }

    @Override
    public int readyBits(int entry) {
        return entries.get(entry).ready;
    }

    @Override
    public synchronized void wake() {
        wakePending = true;
        wakeCalls++;
    }

    @Override
    public synchronized long count(Counter counter) {
        return counts.getOrDefault(counter, 0L);
    }

    private void increment(Counter counter) {
        counts.merge(counter, 1L, Long::sum);
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            region.close();
        }
    }
}
