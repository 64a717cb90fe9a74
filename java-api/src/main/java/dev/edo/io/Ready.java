package dev.edo.io;

import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * What a socket or file descriptor was found to be ready for; may be empty.
 *
 * <p>It is a hint: the operation itself says whether there was anything to do.
 *
 * <pre>{@code
 * if (stream.ready(Interest.READABLE).await().isReadClosed()) {
 *     stream.close();
 * }
 * }</pre>
 *
 * @see <a href="https://docs.rs/tokio/latest/tokio/io/struct.Ready.html">tokio::io::Ready</a>
 */
public final class Ready {
    static final int READABLE_BIT = 0x01;
    static final int WRITABLE_BIT = 0x02;
    static final int READ_CLOSED_BIT = 0x04;
    static final int WRITE_CLOSED_BIT = 0x08;
    static final int PRIORITY_BIT = 0x10;
    static final int ERROR_BIT = 0x20;
    private static final int ALL_BITS = 0x3f;

    /** Nothing. */
    public static final Ready EMPTY = new Ready(0);

    /** Can be read. */
    public static final Ready READABLE = new Ready(READABLE_BIT);

    /** Can be written. */
    public static final Ready WRITABLE = new Ready(WRITABLE_BIT);

    /** The other side has closed its writing side: what is left can be read, then comes the end. */
    public static final Ready READ_CLOSED = new Ready(READ_CLOSED_BIT);

    /** Writing is over. */
    public static final Ready WRITE_CLOSED = new Ready(WRITE_CLOSED_BIT);

    /** Urgent data has come. */
    public static final Ready PRIORITY = new Ready(PRIORITY_BIT);

    /** An error has come up. */
    public static final Ready ERROR = new Ready(ERROR_BIT);

    /** All of the above. */
    public static final Ready ALL = new Ready(ALL_BITS);

    private final int bits;

    private Ready(int bits) {
        this.bits = bits;
    }

    /**
     * The readiness with these bits.
     *
     * @param bits those in {@link #bits()}
     * @return the readiness
     * @throws IllegalArgumentException when there is an unknown one
     */
    public static Ready ofBits(int bits) {
        if ((bits & ~ALL_BITS) != 0) {
            throw new IllegalArgumentException("bits=0x" + Integer.toHexString(bits)
                    + ": expected none outside of 0x" + Integer.toHexString(ALL_BITS));
        }
        return bits == 0 ? EMPTY : new Ready(bits);
    }

    /**
     * Tells what of this readiness somebody with that interest wants to know: its own bits, and that they can
     * never come any more.
     *
     * @param interest what is waited for
     * @return the part of this that answers it
     */
    public Ready forInterest(Interest interest) {
        int mask = interest.bits();
        if (interest.isReadable() || interest.isPriority()) {
            mask |= READ_CLOSED_BIT;
        }
        if (interest.isWritable()) {
            mask |= WRITE_CLOSED_BIT;
        }
        return ofBits(bits & mask);
    }

    /** {@return whether it is ready for nothing} */
    public boolean isEmpty() {
        return bits == 0;
    }

    /** {@return whether reading would not wait: there is data, or the other side closed} */
    public boolean isReadable() {
        return (bits & (READABLE_BIT | READ_CLOSED_BIT)) != 0;
    }

    /** {@return whether writing would not wait: there is room, or writing is over} */
    public boolean isWritable() {
        return (bits & (WRITABLE_BIT | WRITE_CLOSED_BIT)) != 0;
    }

    /** {@return whether the other side has closed its writing side} */
    public boolean isReadClosed() {
        return (bits & READ_CLOSED_BIT) != 0;
    }

    /** {@return whether writing is over} */
    public boolean isWriteClosed() {
        return (bits & WRITE_CLOSED_BIT) != 0;
    }

    /** {@return whether urgent data has come} */
    public boolean isPriority() {
        return (bits & PRIORITY_BIT) != 0;
    }

    /** {@return whether an error has come up} */
    public boolean isError() {
        return (bits & ERROR_BIT) != 0;
    }

    /**
     * Tells whether this holds all of another readiness.
     *
     * @param other the other one
     * @return whether none of it is missing here
     */
    public boolean contains(Ready other) {
        return (bits & other.bits) == other.bits;
    }

    /**
     * Adds another readiness.
     *
     * @param other the other one
     * @return both
     */
    public Ready union(Ready other) {
        return ofBits(bits | other.bits);
    }

    /**
     * Takes what both have.
     *
     * @param other the other one
     * @return the common part
     */
    public Ready intersection(Ready other) {
        return ofBits(bits & other.bits);
    }

    /**
     * Takes another readiness away.
     *
     * @param other the other one
     * @return the rest
     */
    public Ready subtract(Ready other) {
        return ofBits(bits & ~other.bits);
    }

    /**
     * {@return a union of 1 readable, 2 writable, 4 read closed, 8 write closed, 0x10 urgent data, 0x20
     * error}
     */
    public int bits() {
        return bits;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Ready that && bits == that.bits;
    }

    @Override
    public int hashCode() {
        return bits;
    }

    @Override
    public String toString() {
        return names(bits);
    }

    static String names(int bits) {
        var names = new StringJoiner(" | ");
        names.setEmptyValue("EMPTY");
        addIf(names, bits, READABLE_BIT, "READABLE");
        addIf(names, bits, WRITABLE_BIT, "WRITABLE");
        addIf(names, bits, READ_CLOSED_BIT, "READ_CLOSED");
        addIf(names, bits, WRITE_CLOSED_BIT, "WRITE_CLOSED");
        addIf(names, bits, PRIORITY_BIT, "PRIORITY");
        addIf(names, bits, ERROR_BIT, "ERROR");
        return names.toString();
    }

    private static void addIf(StringJoiner names, int bits, int bit, String name) {
        if ((bits & bit) != 0) {
            names.add(name);
        }
    }
}
