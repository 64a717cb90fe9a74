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
 * A source of bytes that can be awaited.
 *
 * <p>Implementations write {@link #pollRead(Context, ByteBuffer)}; the rest follows from it. One task
 * reads at a time: a source remembers the last waker that found nothing, and only that one.
 *
 * <pre>{@code
 * var buffer = ByteBuffer.allocateDirect(4096);
 * while (source.read(buffer).await() >= 0) {
 *     consume(buffer.flip());
 *     buffer.clear();
 * }
 * }</pre>
 *
 * <p><em>Cancel safety</em> of the futures: what was read is in the buffer, and the buffer's position
 * says how much, whether or not the future completed.
 *
 * @see <a href="https://docs.rs/tokio/latest/tokio/io/trait.AsyncRead.html">tokio::io::AsyncRead</a>
 */
public interface AsyncRead {
    /**
     * Reads what is there, and moves the buffer's position by as much.
     *
     * @param cx whom to wake when there is something to read
     * @param dst where to, direct or heap
     * @return how many bytes, at least 1; 0 where {@code dst} is full, {@link IoResult#END_OF_STREAM} or
     *     {@link IoResult#PENDING}
     * @throws java.nio.ReadOnlyBufferException when {@code dst} is read-only
     * @throws IOException where reading failed
     */
    int pollRead(Context cx, ByteBuffer dst) throws IOException;

    /**
     * Reads what is there into several buffers, one after the other.
     *
     * @param cx whom to wake when there is something to read
     * @param dsts where to; full ones are skipped
     * @return as {@link #pollRead(Context, ByteBuffer)}; 0 where all of {@code dsts} are full
     * @throws java.nio.ReadOnlyBufferException when one of them is read-only
     * @throws IOException where reading failed
     */
    default int pollRead(Context cx, ByteBuffer[] dsts) throws IOException {
        for (var dst : dsts) {
            if (dst.hasRemaining()) {
                return pollRead(cx, dst);
            }
        }
        return 0;
    }

    /**
     * Forgets a waker that a pending {@code pollRead} registered; where another one has been
     * registered since, does nothing.
     *
     * @param waker of the context that was polled with
     */
    default void cancelRead(Waker waker) {}

    /**
     * Reads what is there, waiting until there is something.
     *
     * <p><em>Cancel safety:</em> a cancelled read has read nothing.
     *
     * @param dst where to, direct or heap; its position moves
     * @return how many bytes, at least 1; 0 where {@code dst} is full, -1 at the end of the stream
     */
    @CheckReturnValue
    default IoFuture<Integer> read(ByteBuffer dst) {
        return new ReadFuture(this, dst);
    }

    /**
     * Reads what is there into several buffers, one after the other, waiting until there is something.
     *
     * <p><em>Cancel safety:</em> a cancelled read has read nothing.
     *
     * @param dsts where to; full ones are skipped
     * @return how many bytes, at least 1; 0 where all of {@code dsts} are full, -1 at the end of the stream
     */
    @CheckReturnValue
    default IoFuture<Integer> read(ByteBuffer[] dsts) {
        return new ReadVectoredFuture(this, dsts);
    }

    /**
     * Reads until the buffer is full; fails with {@link java.io.EOFException} when the stream ends before.
     *
     * <p><em>Cancel safety:</em> not cancel safe: a part may have been read. It is in {@code dst}, up to its
     * position.
     *
     * @param dst where to, direct or heap
     * @return completes when {@code dst} is full
     */
    @CheckReturnValue
    default IoFuture<@Nullable Void> readExact(ByteBuffer dst) {
        return new ReadExactFuture(this, dst);
    }

    /**
     * Reads until the end of the stream, whatever memory that takes. Where the other side is not
     * trusted use {@link #readToEnd(int)}.
     *
     * <p><em>Cancel safety:</em> not cancel safe: what was read is lost.
     *
     * @return all bytes; fails with {@link LimitExceededException} where an array cannot hold them
     */
    @CheckReturnValue
    default IoFuture<byte[]> readToEnd() {
        return readToEnd(Accumulator.MAX_LIMIT_BYTES);
    }

    /**
     * Reads until the end of the stream.
     *
     * <p><em>Cancel safety:</em> not cancel safe: what was read is lost.
     *
     * @param limitBytes the most bytes to be held in memory, not negative
     * @return all bytes; fails with {@link LimitExceededException} when there are more, which are
     *     then partly read
     */
    @CheckReturnValue
    default IoFuture<byte[]> readToEnd(int limitBytes) {
        return new ReadToEndFuture<>(this, limitBytes, Accumulator::takeBytes);
    }

    /**
     * Reads text in UTF-8 until the end of the stream, whatever memory that takes. Where the other
     * side is not trusted use {@link #readToString(int)}.
     *
     * <p><em>Cancel safety:</em> not cancel safe: what was read is lost.
     *
     * @return the text; fails with {@link java.nio.charset.CharacterCodingException} where it is
     *     not UTF-8
     */
    @CheckReturnValue
    default IoFuture<String> readToString() {
        return readToString(Accumulator.MAX_LIMIT_BYTES);
    }

    /**
     * Reads text in UTF-8 until the end of the stream.
     *
     * <p><em>Cancel safety:</em> not cancel safe: what was read is lost.
     *
     * @param limitBytes the most bytes to be held in memory, not negative
     * @return the text; fails with {@link LimitExceededException} when there is more, and with
     *     {@link java.nio.charset.CharacterCodingException} where it is not UTF-8
     */
    @CheckReturnValue
    default IoFuture<String> readToString(int limitBytes) {
        return new ReadToEndFuture<>(this, limitBytes, Accumulator::takeText);
    }

    /**
     * This source, and another one when it has ended.
     *
     * @param next read from when this has ended
     * @return both, one after the other
     */
    default AsyncRead chain(AsyncRead next) {
        return new Chain<>(this, next);
    }

    /**
     * The first bytes of this source.
     *
     * @param limitBytes how many at most, not negative
     * @return ends after so many bytes, or when this ends
     */
    default Take take(long limitBytes) {
        return new Take(this, limitBytes);
    }


    /**
     * Reads a number, as all of this kind: not cancel safe, fails with {@link java.io.EOFException}
     * where the stream ends before its last byte.
     *
     * @return 0 to 255
     */
    @CheckReturnValue
    default IoFuture<Integer> readU8() {
        return new ReadNumberFuture<>(this, 1, ByteOrder.BIG_ENDIAN, b -> b.get() & 0xff);
    }

    /**
     * Reads a number, as all of this kind: not cancel safe, fails with {@link java.io.EOFException}
     * where the stream ends before its last byte.
     *
     * @return -128 to 127
     */
    @CheckReturnValue
    default IoFuture<Byte> readI8() {
        return new ReadNumberFuture<>(this, 1, ByteOrder.BIG_ENDIAN, ByteBuffer::get);
    }

    /**
     * Reads a number, as all of this kind: not cancel safe, fails with {@link java.io.EOFException}
     * where the stream ends before its last byte.
     *
     * @return 0 to 65535, sent most significant byte first
     */
    @CheckReturnValue
    default IoFuture<Integer> readU16() {
        return new ReadNumberFuture<>(this, 2, ByteOrder.BIG_ENDIAN, b -> b.getShort() & 0xffff);
    }

    /**
     * Reads a number, as all of this kind: not cancel safe, fails with {@link java.io.EOFException}
     * where the stream ends before its last byte.
     *
     * @return 0 to 65535, sent least significant byte first
     */
    @CheckReturnValue
    default IoFuture<Integer> readU16Le() {
        return new ReadNumberFuture<>(this, 2, ByteOrder.LITTLE_ENDIAN, b -> b.getShort() & 0xffff);
    }

    /**
     * Reads a number, as all of this kind: not cancel safe, fails with {@link java.io.EOFException}
     * where the stream ends before its last byte.
     *
     * @return a signed number of 16 bits, sent most significant byte first
     */
    @CheckReturnValue
    default IoFuture<Short> readI16() {
        return new ReadNumberFuture<>(this, 2, ByteOrder.BIG_ENDIAN, ByteBuffer::getShort);
    }

    /**
     * Reads a number, as all of this kind: not cancel safe, fails with {@link java.io.EOFException}
     * where the stream ends before its last byte.
     *
     * @return a signed number of 16 bits, sent least significant byte first
     */
    @CheckReturnValue
    default IoFuture<Short> readI16Le() {
        return new ReadNumberFuture<>(this, 2, ByteOrder.LITTLE_ENDIAN, ByteBuffer::getShort);
    }

    /**
     * Reads a number, as all of this kind: not cancel safe, fails with {@link java.io.EOFException}
     * where the stream ends before its last byte.
     *
     * @return 0 to 2<sup>32</sup> - 1, sent most significant byte first
     */
    @CheckReturnValue
    default IoFuture<Long> readU32() {
        return new ReadNumberFuture<>(this, 4, ByteOrder.BIG_ENDIAN, b -> b.getInt() & 0xffff_ffffL);
    }

    /**
     * Reads a number, as all of this kind: not cancel safe, fails with {@link java.io.EOFException}
     * where the stream ends before its last byte.
     *
     * @return 0 to 2<sup>32</sup> - 1, sent least significant byte first
     */
    @CheckReturnValue
    default IoFuture<Long> readU32Le() {
        return new ReadNumberFuture<>(this, 4, ByteOrder.LITTLE_ENDIAN, b -> b.getInt() & 0xffff_ffffL);
    }

    /**
     * Reads a number, as all of this kind: not cancel safe, fails with {@link java.io.EOFException}
     * where the stream ends before its last byte.
     *
     * @return a signed number of 32 bits, sent most significant byte first
     */
    @CheckReturnValue
    default IoFuture<Integer> readI32() {
        return new ReadNumberFuture<>(this, 4, ByteOrder.BIG_ENDIAN, ByteBuffer::getInt);
    }

    /**
     * Reads a number, as all of this kind: not cancel safe, fails with {@link java.io.EOFException}
     * where the stream ends before its last byte.
     *
     * @return a signed number of 32 bits, sent least significant byte first
     */
    @CheckReturnValue
    default IoFuture<Integer> readI32Le() {
        return new ReadNumberFuture<>(this, 4, ByteOrder.LITTLE_ENDIAN, ByteBuffer::getInt);
    }

    /**
     * Reads a number, as all of this kind: not cancel safe, fails with {@link java.io.EOFException}
     * where the stream ends before its last byte.
     *
     * @return 64 bits; {@link Long#toUnsignedString(long)} and its kin treat them as unsigned, sent
     *     most significant byte first
     */
    @CheckReturnValue
    default IoFuture<Long> readU64() {
        return new ReadNumberFuture<>(this, 8, ByteOrder.BIG_ENDIAN, ByteBuffer::getLong);
    }

    /**
     * Reads a number, as all of this kind: not cancel safe, fails with {@link java.io.EOFException}
     * where the stream ends before its last byte.
     *
     * @return 64 bits; {@link Long#toUnsignedString(long)} and its kin treat them as unsigned, sent
     *     least significant byte first
     */
    @CheckReturnValue
    default IoFuture<Long> readU64Le() {
        return new ReadNumberFuture<>(this, 8, ByteOrder.LITTLE_ENDIAN, ByteBuffer::getLong);
    }

    /**
     * Reads a number, as all of this kind: not cancel safe, fails with {@link java.io.EOFException}
     * where the stream ends before its last byte.
     *
     * @return a signed number of 64 bits, sent most significant byte first
     */
    @CheckReturnValue
    default IoFuture<Long> readI64() {
        return new ReadNumberFuture<>(this, 8, ByteOrder.BIG_ENDIAN, ByteBuffer::getLong);
    }

    /**
     * Reads a number, as all of this kind: not cancel safe, fails with {@link java.io.EOFException}
     * where the stream ends before its last byte.
     *
     * @return a signed number of 64 bits, sent least significant byte first
     */
    @CheckReturnValue
    default IoFuture<Long> readI64Le() {
        return new ReadNumberFuture<>(this, 8, ByteOrder.LITTLE_ENDIAN, ByteBuffer::getLong);
    }

    /**
     * Reads a number, as all of this kind: not cancel safe, fails with {@link java.io.EOFException}
     * where the stream ends before its last byte.
     *
     * @return 0 to 2<sup>128</sup> - 1, sent most significant byte first
     */
    @CheckReturnValue
    default IoFuture<BigInteger> readU128() {
        return new ReadNumberFuture<>(this, 16, ByteOrder.BIG_ENDIAN, ReadNumberFuture::unsigned128);
    }

    /**
     * Reads a number, as all of this kind: not cancel safe, fails with {@link java.io.EOFException}
     * where the stream ends before its last byte.
     *
     * @return 0 to 2<sup>128</sup> - 1, sent least significant byte first
     */
    @CheckReturnValue
    default IoFuture<BigInteger> readU128Le() {
        return new ReadNumberFuture<>(this, 16, ByteOrder.LITTLE_ENDIAN, ReadNumberFuture::unsigned128);
    }

    /**
     * Reads a number, as all of this kind: not cancel safe, fails with {@link java.io.EOFException}
     * where the stream ends before its last byte.
     *
     * @return a signed number of 128 bits, sent most significant byte first
     */
    @CheckReturnValue
    default IoFuture<BigInteger> readI128() {
        return new ReadNumberFuture<>(this, 16, ByteOrder.BIG_ENDIAN, ReadNumberFuture::signed128);
    }

    /**
     * Reads a number, as all of this kind: not cancel safe, fails with {@link java.io.EOFException}
     * where the stream ends before its last byte.
     *
     * @return a signed number of 128 bits, sent least significant byte first
     */
    @CheckReturnValue
    default IoFuture<BigInteger> readI128Le() {
        return new ReadNumberFuture<>(this, 16, ByteOrder.LITTLE_ENDIAN, ReadNumberFuture::signed128);
    }

    /**
     * Reads a number, as all of this kind: not cancel safe, fails with {@link java.io.EOFException}
     * where the stream ends before its last byte.
     *
     * @return a floating point number of 32 bits, sent most significant byte first
     */
    @CheckReturnValue
    default IoFuture<Float> readF32() {
        return new ReadNumberFuture<>(this, 4, ByteOrder.BIG_ENDIAN, ByteBuffer::getFloat);
    }

    /**
     * Reads a number, as all of this kind: not cancel safe, fails with {@link java.io.EOFException}
     * where the stream ends before its last byte.
     *
     * @return a floating point number of 32 bits, sent least significant byte first
     */
    @CheckReturnValue
    default IoFuture<Float> readF32Le() {
        return new ReadNumberFuture<>(this, 4, ByteOrder.LITTLE_ENDIAN, ByteBuffer::getFloat);
    }

    /**
     * Reads a number, as all of this kind: not cancel safe, fails with {@link java.io.EOFException}
     * where the stream ends before its last byte.
     *
     * @return a floating point number of 64 bits, sent most significant byte first
     */
    @CheckReturnValue
    default IoFuture<Double> readF64() {
        return new ReadNumberFuture<>(this, 8, ByteOrder.BIG_ENDIAN, ByteBuffer::getDouble);
    }

    /**
     * Reads a number, as all of this kind: not cancel safe, fails with {@link java.io.EOFException}
     * where the stream ends before its last byte.
     *
     * @return a floating point number of 64 bits, sent least significant byte first
     */
    @CheckReturnValue
    default IoFuture<Double> readF64Le() {
        return new ReadNumberFuture<>(this, 8, ByteOrder.LITTLE_ENDIAN, ByteBuffer::getDouble);
    }
}
