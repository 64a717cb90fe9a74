package dev.edo.io;

import dev.edo.future.CheckReturnValue;
import dev.edo.future.Context;
import dev.edo.future.IoFuture;
import dev.edo.future.Poll;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the lines of a source in UTF-8; {@code "\n"} or {@code "\r\n"} ends them.
 *
 * <pre>{@code
 * var lines = new BufReader<>(stream).lines(MAX_LINE_BYTES);
 * for (String line; (line = lines.nextLine().await()) != null; ) {
 *     handle(line);
 * }
 * }</pre>
 *
 * @see <a href="https://docs.rs/tokio/latest/tokio/io/struct.Lines.html">tokio::io::Lines</a>
 */
public final class Lines {
    private final AsyncBufRead source;
    private final Delimited bytes;

    Lines(AsyncBufRead source, int limitBytes) {
        this.source = source;
        this.bytes = new Delimited((byte) '\n', limitBytes);
    }

    /**
     * Reads the next line.
     *
     * <p><em>Cancel safety:</em> cancel safe: the next call goes on with the part of the line that
     * was read.
     *
     * @return the line without its end; null at the end of the stream. Fails with
     *     {@link LimitExceededException} where it is too long, the next call goes on behind the
     *     part that was read then; and with {@link java.nio.charset.CharacterCodingException} where
     *     it is not UTF-8, the next call returns the next line then
     */
    @CheckReturnValue
    public IoFuture<@Nullable String> nextLine() {
        return new DelimitedFuture<>(source, bytes, Delimited::line);
    }

    /**
     * Reads the next line, for hand-written futures. Who gives up after a pending poll calls
     * {@code cancelRead} of the source; nothing is lost.
     *
     * @param cx whom to wake, and the budget
     * @return the line without its end, null at the end of the stream, or pending
     * @throws IOException as {@link #nextLine()} fails, and goes on
     */
    public Poll<@Nullable String> pollNextLine(Context cx) throws IOException {
        return bytes.pollCollect(source, cx) ? Poll.ready(bytes.line()) : Poll.pending();
    }
}
