package dev.edo.io;

import dev.edo.future.CheckReturnValue;
import dev.edo.future.Context;
import dev.edo.future.IoFuture;
import dev.edo.future.Poll;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the parts of a source that a delimiter separates.
 *
 * <pre>{@code
 * var names = new BufReader<>(stream).split((byte) 0, MAX_NAME_BYTES);
 * for (byte[] name; (name = names.nextSegment().await()) != null; ) {
 *     handle(name);
 * }
 * }</pre>
 *
 * @see <a href="https://docs.rs/tokio/latest/tokio/io/struct.Split.html">tokio::io::Split</a>
 */
public final class Split {
    private final AsyncBufRead source;
    private final Delimited bytes;

    Split(AsyncBufRead source, byte delimiter, int limitBytes) {
        this.source = source;
        this.bytes = new Delimited(delimiter, limitBytes);
    }

    /**
     * Reads the next part.
     *
     * <p><em>Cancel safety:</em> cancel safe: the next call goes on with what was read of the part.
     *
     * @return the part without the delimiter; null at the end of the stream. Fails with
     *     {@link LimitExceededException} where it is too long, the next call goes on behind what
     *     was read then
     */
    @CheckReturnValue
    public IoFuture<byte @Nullable []> nextSegment() {
        return new DelimitedFuture<>(source, bytes, Delimited::segment);
    }

    /**
     * Reads the next part, for hand-written futures. Who gives up after a pending poll calls
     * {@code cancelRead} of the source; nothing is lost.
     *
     * @param cx whom to wake, and the budget
     * @return the part without the delimiter, null at the end of the stream, or pending
     * @throws IOException as {@link #nextSegment()} fails, and goes on
     */
    public Poll<byte @Nullable []> pollNextSegment(Context cx) throws IOException {
        return bytes.pollCollect(source, cx) ? Poll.ready(bytes.segment()) : Poll.pending();
    }
}
