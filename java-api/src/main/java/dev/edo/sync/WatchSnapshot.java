package dev.edo.sync;

import org.jspecify.annotations.Nullable;

/**
 * The value of a watch channel together with its version; immutable, so that reading the two is one
 * read.
 *
 * <pre>
 *  63 ................. 1   0
 * +----------------------+---+
 * |        version       | C |   C: closed, all senders are gone
 * +----------------------+---+
 * </pre>
 *
 * @param <T> the type of the value
 */
final class WatchSnapshot<T extends @Nullable Object> {
    /** The version of the first value. */
    static final long FIRST_VERSION = 0;

    private static final long CLOSED = 1;
    /** What a new value adds to the version, in place. */
    private static final long STEP = 2;

    final T value;
    private final long state;

    private WatchSnapshot(T value, long state) {
        this.value = value;
        this.state = state;
    }

    static <T extends @Nullable Object> WatchSnapshot<T> first(T value) {
        return new WatchSnapshot<>(value, FIRST_VERSION);
    }

    /** A version that differs from this one, and from all that come soon. */
    static long before(long version) {
        return version - STEP;
    }

    long version() {
        return state & ~CLOSED;
    }

    boolean isClosed() {
        return (state & CLOSED) != 0;
    }

    WatchSnapshot<T> next(T newValue) {
        return new WatchSnapshot<>(newValue, state + STEP);
    }

    WatchSnapshot<T> closed() {
        return new WatchSnapshot<>(value, state | CLOSED);
    }
}
