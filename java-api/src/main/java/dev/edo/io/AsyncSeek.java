package dev.edo.io;

import dev.edo.future.CheckReturnValue;
import dev.edo.future.Context;
import dev.edo.future.IoFuture;
import dev.edo.future.Waker;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Something with a position that reading and writing start from, and that can be moved.
 *
 * <p>Implementations write {@link #startSeek(SeekFrom)} and {@link #pollComplete(Context)}; the
 * rest follows from them.
 *
 * <pre>{@code
 * long sizeBytes = file.seek(SeekFrom.end(0)).await();
 * file.rewind().await();
 * }</pre>
 *
 * @see <a
 *     href="https://docs.rs/tokio/latest/tokio/io/trait.AsyncSeek.html">tokio::io::AsyncSeek</a>
 */
public interface AsyncSeek {
    /**
     * Begins a seek, which {@link #pollComplete(Context)} brings to its end. Seeking beyond the end
     * is allowed; what that means is up to the implementation.
     *
     * @param position where to
     * @throws IOException where another seek or operation is in progress, or the position is before
     *     the start
     */
    void startSeek(SeekFrom position) throws IOException;

    /**
     * Waits for the seek in progress; without one it tells the position.
     *
     * @param cx whom to wake
     * @return the position in bytes from the start, or {@link IoResult#PENDING}
     * @throws IOException where seeking failed
     */
    long pollComplete(Context cx) throws IOException;

    /**
     * Forgets a waker that a pending {@code pollComplete} registered; where another one has been
     * registered since, does nothing.
     *
     * @param waker of the context that was polled with
     */
    default void cancelSeek(Waker waker) {}

    /**
     * Moves the position.
     *
     * <p><em>Cancel safety:</em> a cancelled seek may or may not have moved the position.
     *
     * @param position where to
     * @return the new position in bytes from the start
     */
    @CheckReturnValue
    default IoFuture<Long> seek(SeekFrom position) {
        return new SeekFuture(this, position);
    }

    /**
     * Moves the position to the start.
     *
     * <p><em>Cancel safety:</em> as that of {@link #seek(SeekFrom)}.
     *
     * @return completes when that is done
     */
    @CheckReturnValue
    default IoFuture<@Nullable Void> rewind() {
        return new RewindFuture(new SeekFuture(this, SeekFrom.start(0)));
    }

    /**
     * Tells the position.
     *
     * <p><em>Cancel safety:</em> nothing is changed.
     *
     * @return bytes from the start
     */
    @CheckReturnValue
    default IoFuture<Long> streamPosition() {
        return new SeekFuture(this, SeekFrom.current(0));
    }
}
