package dev.edo.stream;

/**
 * How many elements a {@link Stream} still has, as far as it knows. A hint saves a growing list some
 * copies; nothing may rely on it.
 *
 * <pre>{@code
 * var hint = Stream.of(1, 2, 3).chain(Stream.pending()).sizeHint();
 * hint.lower();        // 3
 * hint.isUpperKnown(); // false
 * }</pre>
 *
 * @param lower at least so many elements; {@code Long.MAX_VALUE} for endless streams
 * @param upper at most so many; {@link #UNBOUNDED} where that is not known
 * @see <a href="https://docs.rs/futures-core/latest/futures_core/stream/trait.Stream.html#method.size_hint">Stream::size_hint</a>
 */
public record SizeHint(long lower, long upper) {
    /** The upper bound of a stream that does not know one. */
    public static final long UNBOUNDED = Long.MAX_VALUE;

    /** Knows nothing. */
    public static final SizeHint UNKNOWN = new SizeHint(0, UNBOUNDED);

    /** No further elements. */
    public static final SizeHint NONE = new SizeHint(0, 0);

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException when {@code lower} is negative or larger than {@code upper}
     */
    public SizeHint {
        if (lower < 0 || lower > upper) {
            throw new IllegalArgumentException(
                    "lower=" + lower + ", upper=" + upper + " must be 0 <= lower <= upper");
        }
    }

    /**
     * The hint of a stream that knows its length.
     *
     * @param elements how many there are
     * @return a hint with equal bounds
     */
    public static SizeHint exactly(long elements) {
        return new SizeHint(elements, elements);
    }

    /**
     * The hint of a stream that knows what it holds, but not what is to come.
     *
     * @param elements how many there are at least
     * @return a hint without an upper bound
     */
    public static SizeHint atLeast(long elements) {
        return new SizeHint(elements, UNBOUNDED);
    }

    /** {@return whether there is an upper bound} */
    public boolean isUpperKnown() {
        return upper != UNBOUNDED;
    }

    /**
     * The hint of two streams together.
     *
     * @param other the other one's hint
     * @return the sums, which never overflow
     */
    public SizeHint plus(SizeHint other) {
        return new SizeHint(saturated(lower, other.lower), saturated(upper, other.upper));
    }

    /**
     * The hint when some elements more are to come.
     *
     * @param elements how many
     * @return the sums, which never overflow
     */
    public SizeHint plus(long elements) {
        return plus(exactly(elements));
    }

    /**
     * The hint when the first elements are left out.
     *
     * @param elements how many
     * @return the differences, not below zero; an unknown bound stays unknown
     */
    public SizeHint minus(long elements) {
        return new SizeHint(
                Math.max(0, lower - elements),
                isUpperKnown() ? Math.max(0, upper - elements) : UNBOUNDED);
    }

    /**
     * The hint when no more than some elements are taken.
     *
     * @param elements how many at most
     * @return a hint within that limit
     */
    public SizeHint atMost(long elements) {
        return new SizeHint(Math.min(lower, elements), Math.min(upper, elements));
    }

    /** {@return the hint when any elements may be left out} */
    public SizeHint withoutLower() {
        return new SizeHint(0, upper);
    }

    private static long saturated(long a, long b) {
        long sum = a + b;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }
}
