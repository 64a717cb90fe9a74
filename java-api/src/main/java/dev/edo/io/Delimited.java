package dev.edo.io;

import dev.edo.future.Context;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Bytes up to a delimiter, collected over any number of polls.
 *
 * <p>Invariants: what was consumed from the source is in {@code bytes} until it was handed out, so
 * whoever keeps this object loses nothing when a wait is cancelled; only bytes beyond the limit are
 * dropped.
 */
final class Delimited {
    private static final byte LINE_FEED = '\n';
    private static final byte CARRIAGE_RETURN = '\r';

    private final byte delimiter;
    private final int limitBytes;
    private final Accumulator bytes;

    Delimited(byte delimiter, int limitBytes) {
        this.delimiter = delimiter;
        this.limitBytes = Accumulator.checkedLimit(limitBytes);
        this.bytes = new Accumulator(describe(delimiter), limitBytes);
    }

    private static String describe(byte delimiter) {
        return delimiter == LINE_FEED ? "a line" : "what came before delimiter=" + delimiter;
    }

    /** {@return whether the delimiter or the end of the stream was met} */
    boolean pollCollect(AsyncBufRead from, Context cx) throws IOException {
        while (true) {
            var view = from.pollFillBuf(cx);
            if (view == null) {
                return false;
            }
            if (!view.hasRemaining()) {
                return true;
            }
            int found = ByteSearch.indexOf(view, delimiter);
            int length = (found < 0 ? view.limit() : found + 1) - view.position();
            if (length > limitBytes - bytes.count()) {
                from.consume(length);
                bytes.clear();
                throw new LimitExceededException(describe(delimiter), limitBytes);
            }
            bytes.append(view, length);
            from.consume(length);
            if (found >= 0) {
                return true;
            }
        }
    }

    byte[] all() {
        return bytes.takeBytes();
    }

    byte @Nullable [] segment() {
        if (bytes.count() == 0) {
            return null;
        }
        if (bytes.endsWith(delimiter)) {
            bytes.dropLast();
        }
        return bytes.takeBytes();
    }

    @Nullable String line() throws IOException {
        if (bytes.count() == 0) {
            return null;
        }
        if (bytes.endsWith(LINE_FEED)) {
            bytes.dropLast();
            if (bytes.endsWith(CARRIAGE_RETURN)) {
                bytes.dropLast();
            }
        }
        return bytes.takeText();
    }
}
