package dev.edo.io;

import dev.edo.future.CheckReturnValue;
import dev.edo.future.Context;
import dev.edo.future.IoFuture;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A source of bytes that has some of them in memory, to be looked at before they are taken.
 *
 * <p>Implementations write {@link #pollFillBuf(Context)} and {@link #consume(int)} beside
 * {@code pollRead}; the rest follows from them. {@link BufReader} makes one of any source.
 *
 * <pre>{@code
 * var in = new BufReader<>(stream);
 * for (String line; (line = in.readLine(MAX_LINE_BYTES).await()) != null; ) {
 *     handle(line);
 * }
 * }</pre>
 *
 * <p><em>Limits:</em> the methods without a limit hold as much in memory as the other side sends.
 * Where it is not trusted use those with one.
 *
 * @see <a
 *     href="https://docs.rs/tokio/latest/tokio/io/trait.AsyncBufRead.html">tokio::io::AsyncBufRead</a>
 */
public interface AsyncBufRead extends AsyncRead {
    /**
     * Shows the bytes that are in memory, and reads when there are none.
     *
     * @param cx whom to wake when there is something to read
     * @return the bytes, from the buffer's position to its limit; without any at the end of the
     *     stream; null where pending. It is valid until the next call on this object, and its
     *     content must not be changed. Its order is big endian
     * @throws IOException where reading failed
     */
    @Nullable ByteBuffer pollFillBuf(Context cx) throws IOException;

    /**
     * Takes bytes that {@code pollFillBuf} or {@code fillBuf} has shown.
     *
     * @param bytes how many, from the first one on
     * @throws IllegalArgumentException when it is negative or more than there are in memory
     */
    void consume(int bytes);

    /**
     * Shows the bytes that are in memory, and waits for some when there are none.
     * {@link #consume(int)} takes them.
     *
     * <p><em>Cancel safety:</em> nothing is lost.
     *
     * @return as {@link #pollFillBuf(Context)}, but never null
     */
    @CheckReturnValue
    default IoFuture<ByteBuffer> fillBuf() {
        return new FillBufFuture(this);
    }

    /**
     * Reads up to a delimiter, or to the end of the stream.
     *
     * <p><em>Cancel safety:</em> not cancel safe: what was read is lost; see {@link #split(byte)}.
     *
     * @param delimiter the last byte to be read
     * @return the bytes with the delimiter, if it came; none at the end of the stream
     */
    @CheckReturnValue
    default IoFuture<byte[]> readUntil(byte delimiter) {
        return readUntil(delimiter, Accumulator.MAX_LIMIT_BYTES);
    }

    /**
     * Reads up to a delimiter, or to the end of the stream.
     *
     * <p><em>Cancel safety:</em> not cancel safe: what was read is lost; see
     * {@link #split(byte, int)}.
     *
     * @param delimiter the last byte to be read
     * @param limitBytes the most bytes, with the delimiter
     * @return the bytes with the delimiter, if it came; none at the end of the stream. Fails with
     *     {@link LimitExceededException} where they are more, which are then partly taken
     */
    @CheckReturnValue
    default IoFuture<byte[]> readUntil(byte delimiter, int limitBytes) {
        return new DelimitedFuture<>(this, new Delimited(delimiter, limitBytes), Delimited::all);
    }

    /**
     * Reads a line in UTF-8, which {@code "\n"} or {@code "\r\n"} ends.
     *
     * <p><em>Cancel safety:</em> not cancel safe: what was read is lost; see {@link #lines()}.
     *
     * @return the line without its end; null at the end of the stream. Fails with {@link
     *     java.nio.charset.CharacterCodingException} where it is not UTF-8; the line is taken then
     */
    @CheckReturnValue
    default IoFuture<@Nullable String> readLine() {
        return readLine(Accumulator.MAX_LIMIT_BYTES);
    }

    /**
     * Reads a line in UTF-8, which {@code "\n"} or {@code "\r\n"} ends.
     *
     * <p><em>Cancel safety:</em> not cancel safe: what was read is lost; see {@link #lines(int)}.
     *
     * @param limitBytes the most bytes, with the line's end
     * @return the line without its end; null at the end of the stream. Fails with
     *     {@link LimitExceededException} where it is longer, a part of it is then taken, and as
     *     {@link #readLine()}
     */
    @CheckReturnValue
    default IoFuture<@Nullable String> readLine(int limitBytes) {
        return new DelimitedFuture<>(this, new Delimited((byte) '\n', limitBytes), Delimited::line);
    }

    /**
     * The lines of this source, without a limit to their length.
     *
     * @return reads them one by one
     */
    default Lines lines() {
        return lines(Accumulator.MAX_LIMIT_BYTES);
    }

    /**
     * The lines of this source.
     *
     * @param limitBytes the most bytes of a line, with its end
     * @return reads them one by one
     */
    default Lines lines(int limitBytes) {
        return new Lines(this, limitBytes);
    }

    /**
     * The parts of this source between delimiters, without a limit to their length.
     *
     * @param delimiter what separates them
     * @return reads them one by one
     */
    default Split split(byte delimiter) {
        return split(delimiter, Accumulator.MAX_LIMIT_BYTES);
    }

    /**
     * The parts of this source between delimiters.
     *
     * @param delimiter what separates them
     * @param limitBytes the most bytes of a part, with the delimiter
     * @return reads them one by one
     */
    default Split split(byte delimiter, int limitBytes) {
        return new Split(this, delimiter, limitBytes);
    }

    /**
     * This source, and another one when it has ended.
     *
     * @param next read from when this has ended
     * @return both, one after the other
     */
    default AsyncBufRead chain(AsyncBufRead next) {
        return new BufChain(this, next);
    }

    /**
     * The first bytes of this source.
     *
     * @param limitBytes how many at most, not negative
     * @return ends after so many bytes, or when this ends
     */
    @Override
    default BufTake take(long limitBytes) {
        return new BufTake(this, limitBytes);
    }
}
