package dev.edo.io;

import org.jspecify.annotations.Nullable;

/**
 * What somebody waits for on a socket or file descriptor; never empty.
 *
 * <pre>{@code
 * Ready ready = stream.ready(Interest.READABLE.add(Interest.WRITABLE)).await();
 * }</pre>
 *
 * @see <a href="https://docs.rs/tokio/latest/tokio/io/struct.Interest.html">tokio::io::Interest</a>
 */
public final class Interest {
    /** That it can be read, or that the other side closed. */
    public static final Interest READABLE = new Interest(Ready.READABLE_BIT);

    /** That it can be written, or that writing is over. */
    public static final Interest WRITABLE = new Interest(Ready.WRITABLE_BIT);

    /** That urgent data has come (Linux). */
    public static final Interest PRIORITY = new Interest(Ready.PRIORITY_BIT);

    /** That an error has come up. */
    public static final Interest ERROR = new Interest(Ready.ERROR_BIT);

    private static final int ALL_BITS =
            Ready.READABLE_BIT | Ready.WRITABLE_BIT | Ready.PRIORITY_BIT | Ready.ERROR_BIT;

    private final int bits;

    private Interest(int bits) {
        this.bits = bits;
    }

    /**
     * The interest with these bits.
     *
     * @param bits at least one of those in {@link #bits()}
     * @return the interest
     * @throws IllegalArgumentException when there is none or an unknown one
     */
    public static Interest ofBits(int bits) {
        if (bits == 0 || (bits & ~ALL_BITS) != 0) {
            throw new IllegalArgumentException("bits=0x" + Integer.toHexString(bits)
                    + ": expected at least one of 0x" + Integer.toHexString(ALL_BITS) + " and no others");
        }
        return new Interest(bits);
    }

    /**
     * Adds another interest.
     *
     * @param other what to wait for as well
     * @return both
     */
    public Interest add(Interest other) {
        return new Interest(bits | other.bits);
    }

    /**
     * Takes an interest away.
     *
     * @param other what not to wait for
     * @return the rest
     * @throws IllegalArgumentException when nothing would be left
     */
    public Interest remove(Interest other) {
        int rest = bits & ~other.bits;
        if (rest == 0) {
            throw new IllegalArgumentException(this + " without " + other + " would be no interest at all");
        }
        return new Interest(rest);
    }

    /** {@return whether this waits for reading} */
    public boolean isReadable() {
        return (bits & Ready.READABLE_BIT) != 0;
    }

    /** {@return whether this waits for writing} */
    public boolean isWritable() {
        return (bits & Ready.WRITABLE_BIT) != 0;
    }

    /** {@return whether this waits for urgent data} */
    public boolean isPriority() {
        return (bits & Ready.PRIORITY_BIT) != 0;
    }

    /** {@return whether this waits for errors} */
    public boolean isError() {
        return (bits & Ready.ERROR_BIT) != 0;
    }

    /** {@return 1 for reading, 2 for writing, 0x10 for urgent data, 0x20 for errors, or a union of them} */
    public int bits() {
        return bits;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Interest that && bits == that.bits;
    }

    @Override
    public int hashCode() {
        return bits;
    }

    @Override
    public String toString() {
        return Ready.names(bits);
    }
}
