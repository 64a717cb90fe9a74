package dev.edo.io;

import dev.edo.future.Context;
import dev.edo.future.IoFuture;
import dev.edo.future.Waker;
import java.io.IOException;
import java.nio.ByteBuffer;
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
    default IoFuture<@Nullable Void> readExact(ByteBuffer dst) {
        return new ReadExactFuture(this, dst);
    }
}
