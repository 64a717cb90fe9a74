package dev.edo.examples.miniredis;

import dev.edo.time.DelayQueue;
import dev.edo.time.Instant;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The values by their keys. Any session may call at any time; each call is atomic.
 *
 * <p>Reading a value, and replacing one that is there, takes no lock and makes no garbage but the
 * value: the map leads to an {@link Entry}, in which values replace each other by compare-and-set.
 */
final class Store {
    /** A clock that counts nanoseconds ends after 292 years; what would live longer is refused. */
    static final Duration LONGEST_LIFE = Duration.ofDays(100 * 365);

    private final ConcurrentHashMap<Key, Entry> entries = new ConcurrentHashMap<>();
    private final DelayQueue<Lease> leases = new DelayQueue<>();

    /** The value, or null. */
    byte @Nullable [] get(Probe key) {
        var value = valueOf(key);
        return value == null ? null : value.bytes();
    }

    boolean contains(Probe key) {
        return valueOf(key) != null;
    }

    /** How long the value lives still: null where there is none, zero where it lives for ever. */
    @Nullable Duration timeToLive(Probe key) {
        var value = valueOf(key);
        if (value == null) {
            return null;
        }
        var lease = value.lease();
        if (lease == null) {
            return Duration.ZERO;
        }
        var rest = lease.deadline.durationSince(Instant.now());
        return rest.isZero() ? null : rest; // its time may have ended since the look above
    }

    /** Sets a value that lives for ever. */
    void set(Probe key, byte[] bytes) {
        var value = new Value(bytes, null);
        var _ = update(key, (_, _) -> value);
    }

    /** Sets a value that lives for a while. */
    void set(Probe key, byte[] bytes, Duration life) {
        var deadline = Instant.now().plus(life);
        var _ = update(key, (_, entry) -> new Value(bytes, new Lease(entry, deadline)));
    }

    /** Adds one; returns the sum. A number keeps its time to live, one that is not there is 0. */
    long increment(Probe key) {
        var updated = update(key, (old, _) -> old == null
                ? new Value(Decimal.bytes(1), null)
                : new Value(Decimal.bytes(Math.incrementExact(Decimal.parse(old.bytes()))), old.lease()));
        assert updated != null;
        return Decimal.parse(updated.bytes());
    }

    /** Sets how long a value lives from now; returns whether there is one. */
    boolean expire(Probe key, Duration life) {
        if (!life.isPositive()) {
            return delete(key);
        }
        var deadline = Instant.now().plus(life);
        var updated = update(key, (old, entry) ->
                old == null ? null : new Value(old.bytes(), new Lease(entry, deadline)));
        return updated != null;
    }

    /** Takes a value out; returns whether there was one. */
    boolean delete(Probe key) {
        var entry = entries.get(key);
        if (entry == null) {
            return false;
        }
        var last = entry.get();
        while (!entry.compareAndSet(last, Value.GONE)) {
            last = entry.get();
        }
        entries.remove(entry.key, entry);
        if (last == Value.GONE) {
            return false;
        }
        cancel(last.lease());
        return last.isAlive();
    }

    /** Ends values whose time is over, one after the other; the life of one task. */
    void endLeases() throws Exception {
        for (;;) {
            var lease = leases.take().await().value();
            var entry = lease.entry;
            for (var value = entry.get(); value.lease() == lease; value = entry.get()) {
                if (entry.compareAndSet(value, Value.GONE)) {
                    entries.remove(entry.key, entry);
                }
            }
        }
    }

    /** How many keys there are, some of which may have ended and not been noticed yet. */
    int size() {
        return entries.size();
    }

    /** How many values have yet to be ended. */
    int leases() {
        return leases.size();
    }

    private @Nullable Value valueOf(Probe key) {
        var entry = entries.get(key);
        if (entry == null) {
            return null;
        }
        var value = entry.get();
        return value.isAlive() ? value : null;
    }

    /** What becomes of a value: null where there is none, or shall be none. */
    private interface Change {
        @Nullable Value apply(@Nullable Value old, Entry entry);
    }

    /** Replaces a value by what the change makes of it, unless that is null; returns that. */
    private @Nullable Value update(Probe key, Change change) {
        for (;;) {
            var entry = entries.get(key);
            if (entry == null) {
                var newEntry = new Entry(key.toKey());
                var first = change.apply(null, newEntry);
                if (first == null) {
                    return null;
                }
                newEntry.setPlain(first);
                if (entries.putIfAbsent(newEntry.key, newEntry) == null) {
                    replaced(null, first.lease());
                    return first;
                }
                continue;
            }
            var old = entry.get();
            if (old == Value.GONE) {
                entries.remove(entry.key, entry); // or this would wait for who is taking it out
                continue;
            }
            var updated = change.apply(old.isAlive() ? old : null, entry);
            if (updated == null) {
                return null;
            }
            if (entry.compareAndSet(old, updated)) {
                replaced(old.lease(), updated.lease());
                return updated;
            }
        }
    }

    /**
     * Enters a lease that a value has already, and takes back the one before. Where that value was
     * replaced meanwhile by somebody who did not find the lease's place, takes it back, too.
     */
    private void replaced(@Nullable Lease before, @Nullable Lease after) {
        if (before == after) {
            return;
        }
        cancel(before);
        if (after != null) {
            after.place = leases.insertAt(after, after.deadline);
            if (after.entry.get().lease() != after) {
                cancel(after);
            }
        }
    }

    private void cancel(@Nullable Lease lease) {
        var place = lease == null ? null : lease.place;
        if (place != null) {
            leases.remove(place);
        }
    }
}
