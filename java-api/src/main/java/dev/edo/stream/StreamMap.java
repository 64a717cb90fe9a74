package dev.edo.stream;

import dev.edo.future.CheckReturnValue;
import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.internal.FirstFailure;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Many streams as one, each under a key, that come and go: an element comes with the key of its stream.
 *
 * <pre>{@code
 * var rooms = new StreamMap<String, Message>();
 * rooms.insert("kitchen", Stream.from(kitchen.subscribe()));
 * rooms.insert("garden", Stream.from(garden.subscribe()));
 * for (var entry : rooms.blockingIterable()) {
 *     print(entry.key(), entry.element());
 *     if (entry.element().isFarewell()) {
 *         rooms.remove(entry.key());
 *     }
 * }
 * }</pre>
 *
 * <p>A stream that has ended is removed; {@link Stream#notifyClose} tells whose it was. The map itself has
 * ended whenever it is empty, and goes on when something is inserted. It belongs to one task at a time.
 *
 * <p>A wake-up costs as many polls as streams were woken, however many there are.
 *
 * <p><em>Ordering:</em> of the streams that have something, a random one is asked first, so that none is
 * starved.
 *
 * <p><em>Errors:</em> a failure of a stream is thrown by the poll that met it; the stream stays in the map
 * unless that was its end.
 *
 * @param <K> the type of the keys, which {@code equals} compares
 * @param <T> the type of the streams' elements
 * @see <a href="https://docs.rs/tokio-stream/latest/tokio_stream/struct.StreamMap.html">StreamMap</a>
 */
public final class StreamMap<K, T> implements Stream<StreamMap.Entry<K, T>> {
    /**
     * An element of one of the streams.
     *
     * @param key the key of the stream
     * @param element the element
     * @param <K> the type of the keys
     * @param <T> the type of the elements
     */
    public record Entry<K, T>(K key, T element) {}

    private final HashMap<K, Branch<K, T>> branches = new HashMap<>();
    private final WokenBranches<K, T> woken = new WokenBranches<>();

    /** Branches that must be polled before this may wait; those that were removed are skipped. */
    private ArrayList<Branch<K, T>> ready = new ArrayList<>();

    /** Those that had their turn in this round of {@link #pollNextMany}. */
    private ArrayList<Branch<K, T>> hadTurn = new ArrayList<>();

    /** A failure that came when elements had been taken already. */
    private @Nullable Throwable held;

    /** The state of a xorshift generator, seeded by the first poll's context; zero before that. */
    private int random;

    /** An empty map. */
    public StreamMap() {}

    /**
     * Adds a stream, in place of the one that had this key.
     *
     * @param key the key
     * @param stream the stream; this map's from now on
     * @return the one that had the key, which is the caller's again, or null
     */
    public @Nullable Stream<? extends T> insert(K key, Stream<? extends T> stream) {
        var branch = new Branch<K, T>(
                Objects.requireNonNull(key, "key"), Objects.requireNonNull(stream, "stream"), woken);
        var replaced = branches.put(key, branch);
        var stale = replaced == null ? null : replaced.detach();
        if (ready.size() > 2 * branches.size()) {
            ready.removeIf(b -> b.stream() == null);
        }
        ready.add(branch);
        return stale;
    }

    /**
     * Takes a stream out.
     *
     * @param key its key
     * @return the stream, which is the caller's again, or null where there is none
     */
    public @Nullable Stream<? extends T> remove(K key) {
        var branch = branches.remove(key);
        if (branch == null) {
            return null;
        }
        if (branches.isEmpty()) {
            ready.clear();
        }
        return branch.detach();
    }

    /**
     * Finds a stream and leaves it here. It must not be polled.
     *
     * @param key its key
     * @return the stream, or null where there is none
     */
    public @Nullable Stream<? extends T> get(K key) {
        var branch = branches.get(key);
        return branch == null ? null : branch.stream();
    }

    /**
     * Tells whether there is a stream under a key.
     *
     * @param key the key
     * @return whether there is
     */
    public boolean containsKey(K key) {
        return branches.containsKey(key);
    }

    /** {@return the keys of the streams, as a view that cannot be changed} */
    public Set<K> keys() {
        return Collections.unmodifiableSet(branches.keySet());
    }

    /** {@return how many streams there are} */
    public int size() {
        return branches.size();
    }

    /** {@return whether there is no stream} */
    public boolean isEmpty() {
        return branches.isEmpty();
    }

    /** Cancels and removes all streams. */
    public void clear() {
        var cancelled = new ArrayList<>(branches.values());
        branches.clear();
        ready.clear();
        held = null;
        Throwable failure = null;
        for (var branch : cancelled) {
            var stream = branch.detach();
            try {
                if (stream != null) {
                    stream.cancel();
                }
            } catch (Throwable t) {
                failure = FirstFailure.with(failure, t);
            }
        }
        if (failure != null) {
            throw StreamFailure.unchecked(failure);
        }
    }

    @Override
    public @Nullable Entry<K, T> pollNext(Context cx) throws Exception {
        throwHeld();
        begin(cx);
        try {
            return pollReady(ready);
        } finally {
            woken.end();
        }
    }

    /**
     * Waits until there is something and takes what there is, one element of each stream in turn.
     *
     * <p><em>Cancel safety:</em> nothing is lost; a wait that was cancelled has added nothing.
     *
     * @param buffer where the elements are added
     * @param limit how many at most
     * @return how many were added; none where the limit is zero or the map is empty
     * @throws IllegalArgumentException when the limit is negative
     */
    @CheckReturnValue
    public Future<Integer> nextMany(Collection<? super Entry<K, T>> buffer, int limit) {
        Objects.requireNonNull(buffer, "buffer");
        requireNotNegative(limit);
        return Future.of(cx -> pollNextMany(cx, buffer, limit));
    }

    /**
     * Takes what there is, one element of each stream in turn.
     *
     * @param cx whom to wake, and the budget
     * @param buffer where the elements are added
     * @param limit how many at most
     * @return how many were added, none where the limit is zero or the map is empty; or pending
     * @throws IllegalArgumentException when the limit is negative
     * @throws Exception what a stream failed with, where that came first; otherwise it is thrown by the next
     *     poll
     */
    public Poll<Integer> pollNextMany(Context cx, Collection<? super Entry<K, T>> buffer, int limit)
            throws Exception {
        requireNotNegative(limit);
        if (limit == 0) {
            return Poll.ready(0);
        }
        throwHeld();
        begin(cx);
        int added = 0;
        try {
            while (added < limit) {
                var entry = pollReady(hadTurn);
                if (entry != null) {
                    buffer.add(entry);
                    added++;
                } else if (hadTurn.isEmpty() || woken.isBudgetSpent()) {
                    break;
                } else {
                    var nextRound = hadTurn;
                    hadTurn = ready;
                    ready = nextRound;
                }
            }
        } catch (Throwable t) {
            if (added == 0) {
                throw t;
            }
            held = t;
        } finally {
            ready.addAll(hadTurn);
            hadTurn.clear();
            woken.end();
        }
        return added > 0 || branches.isEmpty() ? Poll.ready(added) : Poll.pending();
    }

    private void begin(Context cx) {
        if (random == 0) {
            random = cx.random() | 1;
        }
        woken.begin(cx, ready);
    }

    /** Polls ready branches until one gives something; it then goes into the list of those that have more. */
    private @Nullable Entry<K, T> pollReady(List<Branch<K, T>> more) throws Exception {
        while (!ready.isEmpty()) {
            var branch = takeRandom();
            var stream = branch.stream();
            if (stream == null) {
                continue;
            }
            boolean waits = false;
            try {
                T element = woken.poll(branch, stream);
                if (element != null) {
                    return new Entry<>(branch.key, element);
                }
                waits = !woken.isBudgetSpent();
            } finally {
                if (stream.isTerminated()) {
                    branches.remove(branch.key, branch);
                    var unused = branch.detach();
                } else if (!waits && branch.claim()) {
                    more.add(branch);
                }
            }
            if (!waits && branch.stream() != null) {
                return null;
            }
        }
        return null;
    }

    private Branch<K, T> takeRandom() {
        int x = random;
        x ^= x << 13;
        x ^= x >>> 17;
        x ^= x << 5;
        random = x;
        int index = (int) (((x & 0xFFFF_FFFFL) * ready.size()) >>> 32);
        var taken = ready.get(index);
        var last = ready.removeLast();
        if (last != taken) {
            ready.set(index, last);
        }
        return taken;
    }

    private void throwHeld() throws Exception {
        var thrown = held;
        if (thrown != null) {
            held = null;
            throw StreamFailure.raise(thrown);
        }
    }

    private static void requireNotNegative(int limit) {
        if (limit < 0) {
            throw new IllegalArgumentException("limit=" + limit + " must not be negative");
        }
    }

    @Override
    public boolean isTerminated() {
        return branches.isEmpty() && held == null;
    }

    @Override
    public void cancel() {
        clear();
    }

    @Override
    public SizeHint sizeHint() {
        var hint = SizeHint.NONE;
        for (var branch : branches.values()) {
            var stream = branch.stream();
            if (stream != null) {
                hint = hint.plus(stream.sizeHint());
            }
        }
        return hint;
    }
}
