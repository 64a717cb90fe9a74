package dev.edo.time;

import dev.edo.future.CheckReturnValue;
import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.future.Waker;
import dev.edo.internal.SpinLock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Values that come out one by one, each when its delay is over: expiring cache entries, idle
 * connections, retries. However many there are, the queue uses one timer.
 *
 * <pre>{@code
 * var sessions = new DelayQueue<String>();
 * Edo.spawn(() -> {
 *     for (;;) {
 *         IO.println(sessions.take().await().value() + " has expired");
 *     }
 * });
 * var key = sessions.insert("alice", Duration.ofSeconds(30));
 * sessions.reset(key, Duration.ofSeconds(30)); // she is active
 * sessions.remove(key); // she has left
 * }</pre>
 *
 * <p>Values come out in the order of their deadlines, equal ones in the order in which the deadlines
 * were set; never early. Any thread may insert, reset and remove at any time; <em>one</em> task at a
 * time waits.
 *
 * <p>Inserting, resetting and removing take time logarithmic in the number of values, and a reset to
 * a later deadline leaves the timer alone. Growing copies the queue's table: {@link #reserve} ahead
 * where a million values may come at once.
 *
 * <p>{@link dev.edo.stream.Stream#from(DelayQueue)} makes a stream of it.
 *
 * <p>The timer belongs to the runtime in which a value is first waited for.
 *
 * <p><em>Errors:</em> waiting for a value outside a runtime, where its time is not enabled, or after it was shut down
 * fails with {@link IllegalStateException}; so does a poll while another task is in one.
 *
 * @param <T> the type of the values
 * @see <a href="https://docs.rs/tokio-util/latest/tokio_util/time/struct.DelayQueue.html">tokio_util::time::DelayQueue</a>
 */
public final class DelayQueue<T extends @Nullable Object> {
    /*
     * Algorithm: a heap and the waker of the one who waits, under a spin lock. Only who waits touches
     * the timer: a poll that finds nothing due leaves its waker and the first deadline under the lock,
     * and then sets the timer, outside of it. Who makes the first deadline earlier takes that waker
     * and calls it, and the next poll sets the timer anew. Who makes it later does nothing: the timer
     * fires at the old deadline, nothing is due, and it is set anew. So a value that is reset again
     * and again costs one wake-up per delay.
     *
     * Invariants: while waiting is not null, no deadline in the heap is before firstNanos, which is
     * the deadline of the timer; NONE when there was no value. The timer is set only while somebody waits.
     *
     * Shared fields: heap (and all keys in it), waiting, firstNanos under the lock; firstNanos is
     * written by who waits and may be read by it without the lock. The timer belongs to whose turn it
     * is, and lastWait is written in it. Who gives a wait up takes a turn only where it is nobody's:
     * else somebody polls, whose the waker and the timer are by then. Who polls meanwhile tries again.
     *
     * Origin: Tokio's tokio-util/src/time/delay_queue.rs. There a wheel of 1 ms ticks, keys that are
     * indices into a slab (a key may come to mean another value, and compact needs a map from old
     * keys to new ones), and exclusive access; here deadlines are exact, the key is the node, and
     * inserting does not exclude waiting.
     */
    private static final long NONE = Long.MIN_VALUE;

    /** Who touches the timer. */
    private enum Turn {
        NOBODYS,
        POLLING,
        LEAVING
    }

    private final DelayTimer timer;
    private final Supplier<Instant> clock;
    private final SpinLock lock = new SpinLock();
    private final AtomicReference<Turn> turn = new AtomicReference<>(Turn.NOBODYS);
    private DelayHeap heap;
    private @Nullable Waker waiting;
    private long firstNanos = NONE;

    /** The wait that was polled last, whose waker waiting is if there is one; null where it was none of these. */
    private volatile @Nullable DelayWait<T> lastWait;

    /** An empty queue. */
    public DelayQueue() {
        this(0);
    }

    /**
     * An empty queue with room for some values.
     *
     * @param capacity how many it holds before it grows
     * @throws IllegalArgumentException when {@code capacity} is negative
     */
    public DelayQueue(int capacity) {
        this(capacity, Sleep::until, Instant::now);
    }

    DelayQueue(int capacity, Function<Instant, Sleep> timers, Supplier<Instant> clock) {
        heap = new DelayHeap(requireNotNegative("capacity", capacity));
        timer = new DelayTimer(timers);
        this.clock = clock;
    }

    /**
     * Puts a value in.
     *
     * @param value the value
     * @param delay from now; none or less is over at once, an absurd one lasts about 30 years
     * @return names the value until it comes out
     */
    public DelayKey insert(T value, Duration delay) {
        return insertAt(value, clock.get().deadlineAfter(delay));
    }

    /**
     * Puts a value in.
     *
     * @param value the value
     * @param deadline when it comes out; may have passed
     * @return names the value until it comes out
     */
    public DelayKey insertAt(T value, Instant deadline) {
        var key = new DelayKey(this, value, deadline.nanos());
        @Nullable Waker toWake;
        lock.lock();
        try {
            heap.insert(key);
            toWake = wakerIfFirstIsEarlier();
        } finally {
            lock.unlock();
        }
        wake(toWake);
        return key;
    }

    /**
     * Sets a value's delay anew.
     *
     * @param key names the value
     * @param delay from now, as in {@link #insert}
     * @return false when the value has come out already; nothing was changed then
     * @throws IllegalArgumentException when the key is another queue's
     */
    public boolean reset(DelayKey key, Duration delay) {
        return resetAt(key, clock.get().deadlineAfter(delay));
    }

    /**
     * Sets a value's deadline anew.
     *
     * @param key names the value
     * @param deadline when it comes out; may have passed
     * @return false when the value has come out already; nothing was changed then
     * @throws IllegalArgumentException when the key is another queue's
     */
    public boolean resetAt(DelayKey key, Instant deadline) {
        requireOwn(key);
        @Nullable Waker toWake;
        lock.lock();
        try {
            if (key.heap != heap) {
                return false;
            }
            heap.move(key, deadline.nanos());
            toWake = wakerIfFirstIsEarlier();
        } finally {
            lock.unlock();
        }
        wake(toWake);
        return true;
    }

    /**
     * Takes a value out before its time.
     *
     * @param key names the value
     * @return the value, or null when it has come out already
     * @throws IllegalArgumentException when the key is another queue's
     */
    public @Nullable Expired<T> remove(DelayKey key) {
        requireOwn(key);
        Waker toWake = null;
        lock.lock();
        try {
            if (key.heap != heap) {
                return null;
            }
            heap.remove(key);
            if (heap.size() == 0) {
                toWake = takeWaiting();
            }
        } finally {
            lock.unlock();
        }
        wake(toWake);
        return expired(key);
    }

    /** Throws all values away; who waits for the {@link #next()} one learns that there is none. */
    public void clear() {
        DelayHeap discarded;
        @Nullable Waker toWake;
        lock.lock();
        try {
            discarded = heap;
            heap = new DelayHeap(0);
            toWake = discarded.size() == 0 ? null : takeWaiting();
        } finally {
            lock.unlock();
        }
        wake(toWake);
        discarded.discard();
    }

    /**
     * Tells a value's deadline.
     *
     * @param key names the value
     * @return when it comes out, or null when it has already
     * @throws IllegalArgumentException when the key is another queue's
     */
    public @Nullable Instant deadline(DelayKey key) {
        requireOwn(key);
        lock.lock();
        try {
            return key.heap == heap ? new Instant(key.deadlineNanos) : null;
        } finally {
            lock.unlock();
        }
    }

    /** {@return the key of the value that comes out next, due or not; null when there is none} */
    public @Nullable DelayKey peek() {
        lock.lock();
        try {
            return heap.first();
        } finally {
            lock.unlock();
        }
    }

    /** {@return how many values are in, those that are due among them} */
    public int size() {
        lock.lock();
        try {
            return heap.size();
        } finally {
            lock.unlock();
        }
    }

    /** {@return whether there is no value} */
    public boolean isEmpty() {
        return size() == 0;
    }

    /** {@return how many values it holds before it grows} */
    public int capacity() {
        lock.lock();
        try {
            return heap.capacity();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Makes room ahead of time.
     *
     * @param additional for how many values more than there are
     * @throws IllegalArgumentException when {@code additional} is negative
     * @throws IllegalStateException when there would be more than two thousand million
     */
    public void reserve(int additional) {
        requireNotNegative("additional", additional);
        lock.lock();
        try {
            heap.reserve(additional);
        } finally {
            lock.unlock();
        }
    }

    /** Gives back the room that is not used; keys stay valid. */
    public void compact() {
        lock.lock();
        try {
            heap.compact();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for the next value whose delay is over, as long as there is any.
     *
     * <p><em>Cancel safety:</em> no value is lost.
     *
     * @return the value; null when the queue is empty or becomes so
     */
    @CheckReturnValue
    public Future<@Nullable Expired<T>> next() {
        return new DelayWait<>(this, false);
    }

    /**
     * Waits for the next value whose delay is over, also for one that has yet to be inserted.
     *
     * <p><em>Cancel safety:</em> no value is lost.
     *
     * @return the value
     */
    @SuppressWarnings("NullAway") // while the queue is empty this one does not complete
    @CheckReturnValue
    public Future<Expired<T>> take() {
        return new DelayWait<>(this, true);
    }

    /**
     * Takes a value out whose delay is over.
     *
     * @param cx whom to wake when there is one, and the budget
     * @return the value, null when the queue is empty, or pending
     * @throws IllegalStateException when two tasks poll at once, outside a runtime, or when its time
     *     is not enabled or it has been shut down
     */
    public Poll<@Nullable Expired<T>> pollExpired(Context cx) {
        return poll(cx, false, null);
    }

    Poll<@Nullable Expired<T>> poll(Context cx, boolean alsoWhileEmpty, @Nullable DelayWait<T> wait) {
        if (!cx.pollProceed()) {
            return Poll.pending();
        }
        if (!beginPoll()) {
            cx.waker().wake();
            return Poll.pending();
        }
        try {
            lastWait = wait;
            long now = clock.get().nanos();
            for (;;) {
                var due = takeDueOrWait(now, cx.waker(), alsoWhileEmpty);
                if (due != null) {
                    timer.stop();
                    cx.madeProgress();
                    return Poll.ready(expired(due));
                }
                long first = firstNanos;
                if (first == NONE) {
                    timer.stop();
                    return alsoWhileEmpty ? Poll.pending() : Poll.ready(null);
                }
                if (!timer.poll(cx, first)) {
                    return Poll.pending();
                }
                now = Math.max(clock.get().nanos(), first);
            }
        } finally {
            turn.set(Turn.NOBODYS);
        }
    }

    /** Forgets the waker of a wait that was given up, unless another one was polled since. */
    void abandonWait(DelayWait<T> wait) {
        if (lastWait != wait || !turn.compareAndSet(Turn.NOBODYS, Turn.LEAVING)) {
            return;
        }
        try {
            if (lastWait != wait) {
                return;
            }
            lastWait = null;
            lock.lock();
            waiting = null;
            lock.unlock();
            timer.stop();
        } finally {
            turn.set(Turn.NOBODYS);
        }
    }

    /** False while somebody gives a wait up, which takes a moment. */
    private boolean beginPoll() {
        if (turn.compareAndSet(Turn.NOBODYS, Turn.POLLING)) {
            return true;
        }
        if (turn.get() == Turn.POLLING) {
            throw new IllegalStateException("a delay queue was polled by two tasks at once;"
                    + " let one task wait and hand on what it gets");
        }
        return false;
    }

    /** Takes the first value if it is due; else leaves the waker, and the deadline in firstNanos. */
    private @Nullable DelayKey takeDueOrWait(long nowNanos, Waker waker, boolean alsoWhileEmpty) {
        lock.lock();
        try {
            var first = heap.first();
            if (first != null && first.deadlineNanos <= nowNanos) {
                heap.remove(first);
                waiting = null;
                return first;
            }
            firstNanos = first == null ? NONE : first.deadlineNanos;
            waiting = first == null && !alsoWhileEmpty ? null : waker;
            return null;
        } finally {
            lock.unlock();
        }
    }

    /** Called under the lock after a deadline was set: the waker to call, if that is needed. */
    private @Nullable Waker wakerIfFirstIsEarlier() {
        var first = heap.first();
        assert first != null;
        return firstNanos == NONE || first.deadlineNanos < firstNanos ? takeWaiting() : null;
    }

    private @Nullable Waker takeWaiting() {
        var taken = waiting;
        waiting = null;
        return taken;
    }

    private static void wake(@Nullable Waker waker) {
        if (waker != null) {
            waker.wake();
        }
    }

    @SuppressWarnings("unchecked") // a key of this queue holds what was inserted with it
    private static <T extends @Nullable Object> Expired<T> expired(DelayKey key) {
        var value = (T) key.value;
        key.value = null;
        return new Expired<>(value, new Instant(key.deadlineNanos), key);
    }

    private void requireOwn(DelayKey key) {
        if (key.queue != this) {
            throw new IllegalArgumentException("key=" + key + " is another delay queue's;"
                    + " use it with the queue whose insert returned it");
        }
    }

    private static int requireNotNegative(String name, int value) {
        if (value < 0) {
            throw new IllegalArgumentException(name + "=" + value + " must not be negative");
        }
        return value;
    }
}
