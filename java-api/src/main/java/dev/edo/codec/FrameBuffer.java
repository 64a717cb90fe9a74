package dev.edo.codec;

import dev.edo.future.Context;
import dev.edo.io.AsyncRead;
import dev.edo.io.AsyncWrite;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * The bytes between a connection and its codec: put in at the end, taken out at the front. It grows
 * as bytes come in, never by what somebody announces, and uses the room that taken bytes leave.
 *
 * <p>A decoder looks at the bytes where they are, by index from the first one that has not been
 * taken, and takes those of a whole frame. Nothing is copied but what the frame keeps:
 *
 * <pre>{@code
 * public Integer decode(FrameBuffer src) {
 *     return src.length() < 4 ? null : src.readInt();
 * }
 * }</pre>
 *
 * <p>A decoder that counts nanoseconds reads {@link #array()} itself, from {@link #arrayOffset()}
 * on, and calls {@link #skip(int)} with what it took. Numbers are big-endian unless a
 * {@link ByteOrder} is given.
 *
 * <p>Who takes or looks at more bytes than there are gets an {@link IndexOutOfBoundsException},
 * except from the {@code read} methods, which throw {@link BufferUnderflowException}; a buffer that
 * would need more than about 2 GiB throws {@link IllegalStateException}. A buffer belongs to one
 * task at a time.
 *
 * @see <a href="https://docs.rs/bytes/latest/bytes/struct.BytesMut.html">bytes::BytesMut</a>
 */
public final class FrameBuffer {
    /*
     * Algorithm: an array, the live bytes from head to tail. Room is made by moving the live bytes
     * to the front where at least as many have been taken, so that each byte is moved once at most
     * for each byte taken; otherwise by doubling. The view is what sources and sinks see of the
     * array, made once per array. A source that fills all of a small array gets a larger one next
     * time. An array that grew is given up when the buffer runs dry for the second time without
     * having needed it in between.
     *
     * Origin: the part of bytes::BytesMut that codecs use, on the heap: a frame's strings and
     * numbers come straight from the array, and connections that end leave nothing to a Cleaner.
     * The adaption is Edo's.
     */

    /** What buffers of framed connections begin with. */
    static final int DEFAULT_CAPACITY = 8 * 1024;

    /** The largest array that every JVM can make. */
    static final int MAX_CAPACITY = Integer.MAX_VALUE - 8;

    /** How far an array grows because a source fills it, though no frame needs it. */
    private static final int LARGEST_FILL = 64 * 1024;

    /** A buffer with less room than this makes more before it is filled again. */
    private static final int FILL_ROOM = 1024;

    private static final byte[] NO_BYTES = {};

    private final int initialCapacity;
    private byte[] array = NO_BYTES;
    private ByteBuffer view = ByteBuffer.wrap(NO_BYTES);
    private int head;
    private int tail;

    /** The most live bytes since the buffer last ran dry. */
    private int peak;

    /** Whether the source last filled all the room there was. */
    private boolean filled;

    /** How many calls of {@link #narrow} await their {@link #widen}. */
    private int narrowings;

    /** An empty buffer of 8 KiB; the memory is allocated with the first byte. */
    public FrameBuffer() {
        this(DEFAULT_CAPACITY);
    }

    /**
     * An empty buffer; the memory is allocated with the first byte.
     *
     * @param initialCapacity how many bytes to begin with, at least 0
     * @throws IllegalArgumentException when it is negative or beyond what an array can hold
     */
    public FrameBuffer(int initialCapacity) {
        if (initialCapacity < 0 || initialCapacity > MAX_CAPACITY) {
            throw new IllegalArgumentException("initialCapacity=" + initialCapacity
                    + " bytes: expected 0 to " + MAX_CAPACITY);
        }
        this.initialCapacity = initialCapacity;
    }

    /**
     * A buffer that holds a copy of these bytes.
     *
     * @param bytes to begin with
     * @return the buffer
     */
    public static FrameBuffer of(byte... bytes) {
        var buffer = new FrameBuffer();
        buffer.put(bytes);
        return buffer;
    }

    /** {@return how many bytes can be taken} */
    public int length() {
        return tail - head;
    }

    /** {@return whether there is no byte to be taken} */
    public boolean isEmpty() {
        return head == tail;
    }

    /** {@return how many bytes the memory of this buffer holds now} */
    public int capacity() {
        return array.length;
    }

    /**
     * The memory of this buffer, for decoders that read it themselves. It is another array after
     * bytes were added.
     *
     * @return the array; what can be taken are {@link #length()} bytes from {@link #arrayOffset()}
     *     on
     */
    public byte[] array() {
        return array;
    }

    /** {@return where in {@link #array()} the first byte lies that has not been taken} */
    public int arrayOffset() {
        return head;
    }

    /**
     * Looks at a byte.
     *
     * @param index from 0, the first byte that has not been taken
     * @return the byte
     */
    public byte get(int index) {
        return array[head + Objects.checkIndex(index, tail - head)];
    }

    /**
     * Looks at an unsigned number.
     *
     * @param index where it begins, from 0, the first byte that has not been taken
     * @param bytes how many bytes it has, 1 to 8
     * @param order which of them comes first
     * @return the number; with 8 bytes to be taken as unsigned
     * @throws IllegalArgumentException when {@code bytes} is not 1 to 8
     */
    public long getUnsigned(int index, int bytes, ByteOrder order) {
        checkFieldBytes(bytes);
        int at = head + Objects.checkFromIndexSize(index, bytes, tail - head);
        long value = 0;
        if (order == ByteOrder.BIG_ENDIAN) {
            for (int i = 0; i < bytes; i++) {
                value = value << Byte.SIZE | array[at + i] & 0xFFL;
            }
        } else {
            for (int i = bytes - 1; i >= 0; i--) {
                value = value << Byte.SIZE | array[at + i] & 0xFFL;
            }
        }
        return value;
    }

    /**
     * Looks for a byte.
     *
     * @param value what to look for
     * @return the first index it is at, or -1
     */
    public int indexOf(byte value) {
        return indexOf(value, 0, length());
    }

    /**
     * Looks for a byte, eight at a time.
     *
     * @param value what to look for
     * @param from the first index to look at
     * @param to the first index not to look at
     * @return the first index it is at, or -1
     */
    public int indexOf(byte value, int from, int to) {
        Objects.checkFromToIndex(from, to, tail - head);
        int at = ByteScan.indexOf(array, value, head + from, head + to);
        return at < 0 ? -1 : at - head;
    }

    /**
     * The bytes to be taken, without taking them. Valid until bytes are added or taken.
     *
     * @return a read-only buffer over this one's memory
     */
    public ByteBuffer asByteBuffer() {
        return ByteBuffer.wrap(array, head, tail - head).slice().asReadOnlyBuffer();
    }

    /**
     * Takes bytes without looking at them.
     *
     * @param bytes how many
     */
    public void skip(int bytes) {
        Objects.checkFromIndexSize(0, bytes, tail - head);
        head += bytes;
    }

    /** {@return the first byte, which is taken} */
    public byte readByte() {
        return array[take(Byte.BYTES)];
    }

    /** {@return the first two bytes, which are taken} */
    public short readShort() {
        return ByteScan.shortAt(array, take(Short.BYTES));
    }

    /** {@return the first four bytes, which are taken} */
    public int readInt() {
        return ByteScan.intAt(array, take(Integer.BYTES));
    }

    /** {@return the first eight bytes, which are taken} */
    public long readLong() {
        return ByteScan.longAt(array, take(Long.BYTES));
    }

    /**
     * Takes bytes.
     *
     * @param bytes how many
     * @return a copy
     */
    public byte[] readBytes(int bytes) {
        int at = take(bytes);
        return bytes == 0 ? NO_BYTES : Arrays.copyOfRange(array, at, at + bytes);
    }

    /**
     * Takes text. The bytes are taken also where they are not UTF-8.
     *
     * @param bytes how many
     * @return the text
     * @throws CharacterCodingException where they are not UTF-8
     */
    public String readUtf8(int bytes) throws CharacterCodingException {
        int at = take(bytes);
        var text = new String(array, at, bytes, StandardCharsets.UTF_8);
        // What is malformed became U+FFFD; a text with one that was sent as such is rare.
        if (text.indexOf('\uFFFD') >= 0) {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(array, at, bytes)).toString();
        }
        return text;
    }

    /**
     * Makes room, so that as many bytes can be added without another allocation. A decoder does not
     * pass what a header announces: the bytes may never come.
     *
     * @param bytes how many
     * @throws IllegalArgumentException when negative
     */
    public void reserve(int bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("bytes=" + bytes + ": expected at least 0");
        }
        rejectWhileNarrow();
        if (head == tail) {
            head = 0;
            tail = 0;
        }
        if (array.length - tail < bytes) {
            makeRoom(bytes);
        }
    }

    /**
     * Adds a byte.
     *
     * @param value the byte
     */
    public void put(byte value) {
        reserve(Byte.BYTES);
        array[tail++] = value;
    }

    /**
     * Adds two bytes.
     *
     * @param value the number
     */
    public void putShort(short value) {
        reserve(Short.BYTES);
        ByteScan.setShort(array, tail, value);
        tail += Short.BYTES;
    }

    /**
     * Adds four bytes.
     *
     * @param value the number
     */
    public void putInt(int value) {
        reserve(Integer.BYTES);
        ByteScan.setInt(array, tail, value);
        tail += Integer.BYTES;
    }

    /**
     * Adds eight bytes.
     *
     * @param value the number
     */
    public void putLong(long value) {
        reserve(Long.BYTES);
        ByteScan.setLong(array, tail, value);
        tail += Long.BYTES;
    }

    /**
     * Adds the lowest bytes of a number.
     *
     * @param value the number
     * @param bytes how many of its bytes, 1 to 8
     * @param order which of them comes first
     * @throws IllegalArgumentException when {@code bytes} is not 1 to 8
     */
    public void putUnsigned(long value, int bytes, ByteOrder order) {
        checkFieldBytes(bytes);
        reserve(bytes);
        tail += bytes;
        setUnsigned(tail - head - bytes, value, bytes, order);
    }

    /**
     * Overwrites bytes with the lowest bytes of a number: a length that is known only now.
     *
     * @param index where it begins, from 0, the first byte that has not been taken
     * @param value the number
     * @param bytes how many of its bytes, 1 to 8
     * @param order which of them comes first
     * @throws IllegalArgumentException when {@code bytes} is not 1 to 8
     */
    public void setUnsigned(int index, long value, int bytes, ByteOrder order) {
        checkFieldBytes(bytes);
        int at = head + Objects.checkFromIndexSize(index, bytes, tail - head);
        for (int i = 0; i < bytes; i++) {
            int fromLowest = order == ByteOrder.BIG_ENDIAN ? bytes - 1 - i : i;
            array[at + i] = (byte) (value >>> fromLowest * Byte.SIZE);
        }
    }

    /**
     * Adds bytes.
     *
     * @param bytes all of them
     */
    public void put(byte[] bytes) {
        put(bytes, 0, bytes.length);
    }

    /**
     * Adds bytes.
     *
     * @param bytes where they are
     * @param from the first one's index
     * @param length how many
     */
    public void put(byte[] bytes, int from, int length) {
        Objects.checkFromIndexSize(from, length, bytes.length);
        reserve(length);
        System.arraycopy(bytes, from, array, tail, length);
        tail += length;
    }

    /**
     * Adds all of a buffer.
     *
     * @param bytes direct or heap; its position moves to its limit
     */
    public void put(ByteBuffer bytes) {
        int length = bytes.remaining();
        reserve(length);
        bytes.get(array, tail, length);
        tail += length;
    }

    /**
     * Adds text as UTF-8, without making an array of it first. A surrogate without its partner
     * becomes a question mark, as in {@link String#getBytes(java.nio.charset.Charset)}.
     *
     * @param text what to add
     */
    public void putUtf8(String text) {
        int length = text.length();
        reserve(length);
        var to = array;
        int at = tail;
        int ascii = 0;
        while (ascii < length && text.charAt(ascii) < 0x80) {
            to[at + ascii] = (byte) text.charAt(ascii);
            ascii++;
        }
        tail = at + ascii;
        if (ascii < length) {
            put(text.substring(ascii).getBytes(StandardCharsets.UTF_8));
        }
    }

    /**
     * Adds a number in decimal digits, without making a string of it first.
     *
     * @param value the number
     */
    public void putDecimal(long value) {
        reserve(ByteScan.LONGEST_DECIMAL);
        tail = ByteScan.putDecimal(array, tail, value);
    }

    /**
     * Takes bytes back that were added last.
     *
     * @param length how many stay; more than there are change nothing
     * @throws IllegalArgumentException when negative
     */
    public void truncate(int length) {
        if (length < 0) {
            throw new IllegalArgumentException("length=" + length + ": expected at least 0");
        }
        rejectWhileNarrow();
        if (length < tail - head) {
            tail = head + length;
        }
    }

    /** Takes all bytes. */
    public void clear() {
        head = tail;
    }

    /**
     * Reads into this buffer.
     *
     * @return what the source returned: how many bytes, END_OF_STREAM or PENDING
     */
    int fill(AsyncRead source, Context cx) throws IOException {
        if (filled && head == tail && array.length < LARGEST_FILL) {
            use(new byte[Math.min(LARGEST_FILL, 2 * array.length)]);
        }
        reserve(Math.clamp(array.length / 8, 1, FILL_ROOM));
        int room = array.length - tail;
        int n = source.pollRead(cx, view.clear().position(tail));
        if (n > 0) {
            Objects.checkFromIndexSize(0, n, room);
            tail += n;
            filled = n == room;
            peak = Math.max(peak, tail - head);
        } else if (n == 0) {
            throw new IOException("the source read 0 bytes into a buffer with room for "
                    + room + "; it must wait for one byte at least: " + source);
        }
        return n;
    }

    /**
     * Writes from this buffer.
     *
     * @return what the sink returned: how many bytes, or PENDING
     */
    int drain(AsyncWrite sink, Context cx) throws IOException {
        peak = Math.max(peak, tail - head);
        int n = sink.pollWrite(cx, view.limit(tail).position(head));
        if (n > 0) {
            Objects.checkFromIndexSize(0, n, tail - head);
            head += n;
        } else if (n == 0) {
            throw new IOException("the sink takes no more, left=" + (tail - head) + " bytes: " + sink);
        }
        return n;
    }

    /** {@return where to put bytes, {@code bytes} at least; its position says how many to {@link #receive()}} */
    ByteBuffer room(int bytes) {
        reserve(bytes);
        return view.clear().position(tail);
    }

    /** Adds what was put into the {@link #room}. */
    void receive() {
        tail = view.position();
        peak = Math.max(peak, tail - head);
    }

    /** {@return the bytes to be taken, where they are; moving its position takes none} */
    ByteBuffer live() {
        peak = Math.max(peak, tail - head);
        return view.limit(tail).position(head);
    }

    /** Gives up an array that was not needed since the last time; called by who is about to wait. */
    void settle() {
        if (head == tail && array.length > initialCapacity) {
            if (peak <= array.length / 4) {
                use(NO_BYTES);
            }
            peak = 0;
        }
    }

    /** Makes the first bytes all that there are, until {@link #widen}, which gets what this returns. */
    int narrow(int bytes) {
        Objects.checkFromIndexSize(0, bytes, tail - head);
        int hidden = tail;
        tail = head + bytes;
        narrowings++;
        return hidden;
    }

    /** Takes what is left of the narrow part, and shows what is behind it. */
    void widen(int hidden) {
        head = tail;
        tail = hidden;
        narrowings--;
    }

    private void rejectWhileNarrow() {
        if (narrowings > 0) {
            throw new IllegalStateException("the decoder of a payload takes bytes and adds none");
        }
    }

    private int take(int bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("bytes=" + bytes + ": expected at least 0");
        }
        int at = head;
        if (tail - at < bytes) {
            throw new TooFewBytes(bytes, tail - at);
        }
        head = at + bytes;
        return at;
    }

    private void makeRoom(int bytes) {
        int live = tail - head;
        long needed = (long) live + bytes;
        if (needed > MAX_CAPACITY) {
            throw new IllegalStateException("a buffer of " + needed + " bytes was asked for, limit="
                    + MAX_CAPACITY + "; take frames out of it, or limit their length");
        }
        if (needed <= array.length && head >= live) {
            System.arraycopy(array, head, array, 0, live);
        } else {
            long doubled = Math.min(MAX_CAPACITY, 2L * array.length);
            var larger = new byte[(int) Math.max(needed, Math.max(doubled, initialCapacity))];
            System.arraycopy(array, head, larger, 0, live);
            use(larger);
        }
        head = 0;
        tail = live;
    }

    /** Replaces the array by one that nothing has been put into. */
    private void use(byte[] memory) {
        head = 0;
        tail = 0;
        array = memory;
        view = ByteBuffer.wrap(memory);
    }

    /** The exception of the JDK has no message. */
    private static final class TooFewBytes extends BufferUnderflowException {
        private static final long serialVersionUID = 1L;

        private final int wanted;
        private final int available;

        TooFewBytes(int wanted, int available) {
            this.wanted = wanted;
            this.available = available;
        }

        @Override
        public String getMessage() {
            return "bytes=" + wanted + " are wanted and " + available + " are there; wait until length() is enough";
        }
    }

    private static void checkFieldBytes(int bytes) {
        if (bytes < 1 || bytes > Long.BYTES) {
            throw new IllegalArgumentException("bytes=" + bytes + ": expected 1 to " + Long.BYTES);
        }
    }

    @Override
    public String toString() {
        return "FrameBuffer[length=" + length() + ", capacity=" + capacity() + "]";
    }
}
