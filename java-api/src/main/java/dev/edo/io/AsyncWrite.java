package dev.edo.io;

import dev.edo.future.CheckReturnValue;
import dev.edo.future.Context;
import dev.edo.future.IoFuture;
import dev.edo.future.Waker;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * A sink of bytes that can be awaited.
 *
 * <p>Implementations write the three {@code poll} methods; the rest follows from them. One task writes at a
 * time: a sink remembers the last waker that found no room, and only that one.
 *
 * <pre>{@code
 * sink.writeAll(StandardCharsets.UTF_8.encode("hello\n")).await();
 * sink.flush().await();
 * }</pre>
 *
 * @see <a href="https://docs.rs/tokio/latest/tokio/io/trait.AsyncWrite.html">tokio::io::AsyncWrite</a>
 */
public interface AsyncWrite {
    /**
     * Writes as much as there is room for, and moves the buffer's position by as much.
     *
     * @param cx whom to wake when there is room
     * @param src what to write, direct or heap
     * @return how many bytes, at least 1; 0 where {@code src} is empty; {@link IoResult#PENDING}
     * @throws IOException where writing failed
     */
    int pollWrite(Context cx, ByteBuffer src) throws IOException;

    /**
     * Writes as much of several buffers, one after the other, as there is room for.
     *
     * @param cx whom to wake when there is room
     * @param srcs what to write; empty ones are skipped
     * @return as {@link #pollWrite(Context, ByteBuffer)}; 0 where all of {@code srcs} are empty
     * @throws IOException where writing failed
     */
    default int pollWrite(Context cx, ByteBuffer[] srcs) throws IOException {
        for (var src : srcs) {
            if (src.hasRemaining()) {
                return pollWrite(cx, src);
            }
        }
        return 0;
    }

    /**
     * Hands on what this sink has buffered.
     *
     * @param cx whom to wake when there is room
     * @return whether nothing is left; false: the waker of {@code cx} was registered
     * @throws IOException where writing failed
     */
    boolean pollFlush(Context cx) throws IOException;

    /**
     * Flushes, then tells the other side that nothing more will come.
     *
     * @param cx whom to wake when there is room
     * @return whether it is done; false: the waker of {@code cx} was registered
     * @throws IOException where writing failed
     */
    boolean pollShutdown(Context cx) throws IOException;

    /**
     * Forgets a waker that a pending poll of this sink registered; where another one has been
     * registered since, does nothing.
     *
     * @param waker of the context that was polled with
     */
    default void cancelWrite(Waker waker) {}

    /**
     * Writes as much as there is room for, waiting until there is some.
     *
     * <p><em>Cancel safety:</em> a cancelled write has written nothing.
     *
     * @param src what to write, direct or heap; its position moves
     * @return how many bytes, at least 1; 0 where {@code src} is empty
     */
    @CheckReturnValue
    default IoFuture<Integer> write(ByteBuffer src) {
        return new WriteFuture(this, src);
    }

    /**
     * Writes as much of several buffers, one after the other, as there is room for, waiting until
     * there is some.
     *
     * <p><em>Cancel safety:</em> a cancelled write has written nothing.
     *
     * @param srcs what to write; their positions move
     * @return how many bytes, at least 1; 0 where all of {@code srcs} are empty
     */
    @CheckReturnValue
    default IoFuture<Integer> write(ByteBuffer[] srcs) {
        return new WriteVectoredFuture(this, srcs);
    }

    /**
     * Writes all of the buffer.
     *
     * <p><em>Cancel safety:</em> not cancel safe: a part may have been written. The position of
     * {@code src} says how much, so writing the rest of it later continues where this ended.
     *
     * @param src what to write, direct or heap; its position moves
     * @return completes when {@code src} is empty
     */
    @CheckReturnValue
    default IoFuture<@Nullable Void> writeAll(ByteBuffer src) {
        return new WriteAllFuture(this, src);
    }

    /**
     * Hands on what this sink has buffered.
     *
     * <p><em>Cancel safety:</em> what was not handed on stays buffered.
     *
     * @return completes when nothing is left
     */
    @CheckReturnValue
    default IoFuture<@Nullable Void> flush() {
        return new FlushFuture(this, false);
    }

    /**
     * Flushes, then tells the other side that nothing more will come.
     *
     * <p><em>Cancel safety:</em> may be repeated.
     *
     * @return completes when that is done
     */
    @CheckReturnValue
    default IoFuture<@Nullable Void> shutdownOutput() {
        return new FlushFuture(this, true);
    }

    /**
     * Tells whether {@link #pollWrite(Context, ByteBuffer[])} does better than writing the first
     * buffer that is not empty.
     *
     * @return whether it pays to hand over several buffers at once
     */
    default boolean isWriteVectored() {
        return false;
    }

    /**
     * Writes all of several buffers, one after the other.
     *
     * <p><em>Cancel safety:</em> not cancel safe: a part may have been written. The positions of
     * {@code srcs} say how much, so writing the rest of them later continues where this ended.
     *
     * @param srcs what to write; their positions move
     * @return completes when all are empty
     */
    @CheckReturnValue
    default IoFuture<@Nullable Void> writeAll(ByteBuffer[] srcs) {
        return new WriteAllVectoredFuture(this, srcs);
    }

    /**
     * Writes a number; not cancel safe, as {@link #writeAll(ByteBuffer)}.
     *
     * @param value 0 to 255
     * @return completes when it is written
     * @throws IllegalArgumentException when it is not
     */
    @CheckReturnValue
    default IoFuture<@Nullable Void> writeU8(int value) {
        return new WriteAllFuture(this, NumberBuffer.of8(value, 0, 0xff));
    }

    /**
     * Writes a number; not cancel safe, as {@link #writeAll(ByteBuffer)}.
     *
     * @param value -128 to 127
     * @return completes when it is written
     * @throws IllegalArgumentException when it is not
     */
    @CheckReturnValue
    default IoFuture<@Nullable Void> writeI8(int value) {
        return new WriteAllFuture(this, NumberBuffer.of8(value, Byte.MIN_VALUE, Byte.MAX_VALUE));
    }

    /**
     * Writes a number; not cancel safe, as {@link #writeAll(ByteBuffer)}.
     *
     * @param value 0 to 65535; its most significant byte goes first
     * @return completes when it is written
     * @throws IllegalArgumentException when it is not
     */
    @CheckReturnValue
    default IoFuture<@Nullable Void> writeU16(int value) {
        return new WriteAllFuture(this, NumberBuffer.ofU16(ByteOrder.BIG_ENDIAN, value));
    }

    /**
     * Writes a number; not cancel safe, as {@link #writeAll(ByteBuffer)}.
     *
     * @param value 0 to 65535; its least significant byte goes first
     * @return completes when it is written
     * @throws IllegalArgumentException when it is not
     */
    @CheckReturnValue
    default IoFuture<@Nullable Void> writeU16Le(int value) {
        return new WriteAllFuture(this, NumberBuffer.ofU16(ByteOrder.LITTLE_ENDIAN, value));
    }

    /**
     * Writes a number; not cancel safe, as {@link #writeAll(ByteBuffer)}.
     *
     * @param value -32768 to 32767; its most significant byte goes first
     * @return completes when it is written
     * @throws IllegalArgumentException when it is not
     */
    @CheckReturnValue
    default IoFuture<@Nullable Void> writeI16(int value) {
        return new WriteAllFuture(this, NumberBuffer.ofI16(ByteOrder.BIG_ENDIAN, value));
    }

    /**
     * Writes a number; not cancel safe, as {@link #writeAll(ByteBuffer)}.
     *
     * @param value -32768 to 32767; its least significant byte goes first
     * @return completes when it is written
     * @throws IllegalArgumentException when it is not
     */
    @CheckReturnValue
    default IoFuture<@Nullable Void> writeI16Le(int value) {
        return new WriteAllFuture(this, NumberBuffer.ofI16(ByteOrder.LITTLE_ENDIAN, value));
    }

    /**
     * Writes a number; not cancel safe, as {@link #writeAll(ByteBuffer)}.
     *
     * @param value 0 to 2<sup>32</sup> - 1; its most significant byte goes first
     * @return completes when it is written
     * @throws IllegalArgumentException when it is not
     */
    @CheckReturnValue
    default IoFuture<@Nullable Void> writeU32(long value) {
        return new WriteAllFuture(this, NumberBuffer.ofU32(ByteOrder.BIG_ENDIAN, value));
    }

    /**
     * Writes a number; not cancel safe, as {@link #writeAll(ByteBuffer)}.
     *
     * @param value 0 to 2<sup>32</sup> - 1; its least significant byte goes first
     * @return completes when it is written
     * @throws IllegalArgumentException when it is not
     */
    @CheckReturnValue
    default IoFuture<@Nullable Void> writeU32Le(long value) {
        return new WriteAllFuture(this, NumberBuffer.ofU32(ByteOrder.LITTLE_ENDIAN, value));
    }

    /**
     * Writes a number; not cancel safe, as {@link #writeAll(ByteBuffer)}.
     *
     * @param value any; its most significant byte goes first
     * @return completes when it is written
     */
    @CheckReturnValue
    default IoFuture<@Nullable Void> writeI32(int value) {
        return new WriteAllFuture(this, NumberBuffer.ofInt(ByteOrder.BIG_ENDIAN, value));
    }

    /**
     * Writes a number; not cancel safe, as {@link #writeAll(ByteBuffer)}.
     *
     * @param value any; its least significant byte goes first
     * @return completes when it is written
     */
    @CheckReturnValue
    default IoFuture<@Nullable Void> writeI32Le(int value) {
        return new WriteAllFuture(this, NumberBuffer.ofInt(ByteOrder.LITTLE_ENDIAN, value));
    }

    /**
     * Writes a number; not cancel safe, as {@link #writeAll(ByteBuffer)}.
     *
     * @param value 64 bits, signed or unsigned; its most significant byte goes first
     * @return completes when it is written
     */
    @CheckReturnValue
    default IoFuture<@Nullable Void> writeU64(long value) {
        return new WriteAllFuture(this, NumberBuffer.of64(ByteOrder.BIG_ENDIAN, value));
    }

    /**
     * Writes a number; not cancel safe, as {@link #writeAll(ByteBuffer)}.
     *
     * @param value 64 bits, signed or unsigned; its least significant byte goes first
     * @return completes when it is written
     */
    @CheckReturnValue
    default IoFuture<@Nullable Void> writeU64Le(long value) {
        return new WriteAllFuture(this, NumberBuffer.of64(ByteOrder.LITTLE_ENDIAN, value));
    }

    /**
     * Writes a number; not cancel safe, as {@link #writeAll(ByteBuffer)}.
     *
     * @param value any; its most significant byte goes first
     * @return completes when it is written
     */
    @CheckReturnValue
    default IoFuture<@Nullable Void> writeI64(long value) {
        return new WriteAllFuture(this, NumberBuffer.of64(ByteOrder.BIG_ENDIAN, value));
    }

    /**
     * Writes a number; not cancel safe, as {@link #writeAll(ByteBuffer)}.
     *
     * @param value any; its least significant byte goes first
     * @return completes when it is written
     */
    @CheckReturnValue
    default IoFuture<@Nullable Void> writeI64Le(long value) {
        return new WriteAllFuture(this, NumberBuffer.of64(ByteOrder.LITTLE_ENDIAN, value));
    }

    /**
     * Writes a number; not cancel safe, as {@link #writeAll(ByteBuffer)}.
     *
     * @param value 0 to 2<sup>128</sup> - 1; its most significant byte goes first
     * @return completes when it is written
     * @throws IllegalArgumentException when it is not
     */
    @CheckReturnValue
    default IoFuture<@Nullable Void> writeU128(BigInteger value) {
        return new WriteAllFuture(this, NumberBuffer.of128(ByteOrder.BIG_ENDIAN, value, false));
    }

    /**
     * Writes a number; not cancel safe, as {@link #writeAll(ByteBuffer)}.
     *
     * @param value 0 to 2<sup>128</sup> - 1; its least significant byte goes first
     * @return completes when it is written
     * @throws IllegalArgumentException when it is not
     */
    @CheckReturnValue
    default IoFuture<@Nullable Void> writeU128Le(BigInteger value) {
        return new WriteAllFuture(this, NumberBuffer.of128(ByteOrder.LITTLE_ENDIAN, value, false));
    }

    /**
     * Writes a number; not cancel safe, as {@link #writeAll(ByteBuffer)}.
     *
     * @param value -2<sup>127</sup> to 2<sup>127</sup> - 1; its most significant byte goes first
     * @return completes when it is written
     * @throws IllegalArgumentException when it is not
     */
    @CheckReturnValue
    default IoFuture<@Nullable Void> writeI128(BigInteger value) {
        return new WriteAllFuture(this, NumberBuffer.of128(ByteOrder.BIG_ENDIAN, value, true));
    }

    /**
     * Writes a number; not cancel safe, as {@link #writeAll(ByteBuffer)}.
     *
     * @param value -2<sup>127</sup> to 2<sup>127</sup> - 1; its least significant byte goes first
     * @return completes when it is written
     * @throws IllegalArgumentException when it is not
     */
    @CheckReturnValue
    default IoFuture<@Nullable Void> writeI128Le(BigInteger value) {
        return new WriteAllFuture(this, NumberBuffer.of128(ByteOrder.LITTLE_ENDIAN, value, true));
    }

    /**
     * Writes a number; not cancel safe, as {@link #writeAll(ByteBuffer)}.
     *
     * @param value any; its most significant byte goes first
     * @return completes when it is written
     */
    @CheckReturnValue
    default IoFuture<@Nullable Void> writeF32(float value) {
        return new WriteAllFuture(this, NumberBuffer.ofFloat(ByteOrder.BIG_ENDIAN, value));
    }

    /**
     * Writes a number; not cancel safe, as {@link #writeAll(ByteBuffer)}.
     *
     * @param value any; its least significant byte goes first
     * @return completes when it is written
     */
    @CheckReturnValue
    default IoFuture<@Nullable Void> writeF32Le(float value) {
        return new WriteAllFuture(this, NumberBuffer.ofFloat(ByteOrder.LITTLE_ENDIAN, value));
    }

    /**
     * Writes a number; not cancel safe, as {@link #writeAll(ByteBuffer)}.
     *
     * @param value any; its most significant byte goes first
     * @return completes when it is written
     */
    @CheckReturnValue
    default IoFuture<@Nullable Void> writeF64(double value) {
        return new WriteAllFuture(this, NumberBuffer.ofDouble(ByteOrder.BIG_ENDIAN, value));
    }

    /**
     * Writes a number; not cancel safe, as {@link #writeAll(ByteBuffer)}.
     *
     * @param value any; its least significant byte goes first
     * @return completes when it is written
     */
    @CheckReturnValue
    default IoFuture<@Nullable Void> writeF64Le(double value) {
        return new WriteAllFuture(this, NumberBuffer.ofDouble(ByteOrder.LITTLE_ENDIAN, value));
    }
}
