package dev.edo.io;

import dev.edo.future.Context;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The first bytes of a buffered source; see {@link AsyncBufRead#take(long)}.
 *
 * <pre>{@code
 * String line = reader.take(MAX_LINE_BYTES).readLine().await();
 * }</pre>
 *
 * @see <a href="https://docs.rs/tokio/latest/tokio/io/struct.Take.html">tokio::io::Take</a>
 */
public final class BufTake extends Take implements AsyncBufRead {
    private final AsyncBufRead source;

    BufTake(AsyncBufRead source, long limitBytes) {
        super(source, limitBytes);
        this.source = source;
    }

    @Override
    public @Nullable ByteBuffer pollFillBuf(Context cx) throws IOException {
        if (limit() == 0) {
            return EmptyBuffer.instance(); // the source may wait for ever
        }
        var view = source.pollFillBuf(cx);
        if (view != null && view.remaining() > limit()) {
            view.limit(view.position() + (int) limit());
        }
        return view;
    }

    @Override
    public void consume(int bytes) {
        if (bytes > limit()) {
            throw new IllegalArgumentException("consume bytes=" + bytes + ": only " + limit()
                    + " are left of the limit; consume no more than fillBuf() returned");
        }
        source.consume(bytes);
        count(bytes);
    }
}
