package dev.edo.io;

import dev.edo.future.Context;
import dev.edo.future.Poll;
import java.io.EOFException;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads a number of a fixed width. Where the source is buffered and has all of it, nothing is
 * copied.
 *
 * @param <T> its type
 */
final class ReadNumberFuture<T> extends ReadingFuture<AsyncRead, T> {
    private static final int BIG_BYTES = 16;

    private final int widthBytes;
    private final ByteOrder order;
    private final Function<ByteBuffer, T> decoder;
    private @Nullable ByteBuffer collected;

    /**
     * Reads a number.
     *
     * @param decoder takes {@code widthBytes} out of a buffer
     */
    ReadNumberFuture(AsyncRead source, int widthBytes, ByteOrder order, Function<ByteBuffer, T> decoder) {
        super(source);
        this.widthBytes = widthBytes;
        this.order = order;
        this.decoder = decoder;
    }

    @Override
    Poll<T> step(AsyncRead from, Context cx) throws IOException {
        if (collected == null && from instanceof AsyncBufRead buffered) {
            var view = buffered.pollFillBuf(cx);
            if (view == null) {
                return Poll.pending();
            }
            if (!view.hasRemaining()) {
                throw endedInside(widthBytes); // not to be asked again: a terminal would go on
            }
            if (view.remaining() >= widthBytes) {
                var value = decoder.apply(view.order(order));
                view.order(ByteOrder.BIG_ENDIAN);
                buffered.consume(widthBytes);
                return Poll.ready(value);
            }
        }
        var dst = collected;
        if (dst == null) {
            dst = ByteBuffer.allocate(widthBytes).order(order);
            collected = dst;
        }
        while (dst.hasRemaining()) {
            int n = from.pollRead(cx, dst);
            if (n == IoResult.PENDING) {
                return Poll.pending();
            }
            if (n <= 0) {
                throw endedInside(dst.remaining());
            }
        }
        return Poll.ready(decoder.apply(dst.flip()));
    }

    private EOFException endedInside(int missingBytes) {
        return new EOFException("the stream ended inside a number, missing=" + missingBytes + " of "
                + widthBytes + " bytes");
    }

    static BigInteger unsigned128(ByteBuffer from) {
        return new BigInteger(1, bigEndian(from));
    }

    static BigInteger signed128(ByteBuffer from) {
        return new BigInteger(bigEndian(from));
    }

    private static byte[] bigEndian(ByteBuffer from) {
        var bytes = new byte[BIG_BYTES];
        from.get(bytes);
        if (from.order() == ByteOrder.LITTLE_ENDIAN) {
            reverse(bytes);
        }
        return bytes;
    }

    static void reverse(byte[] bytes) {
        for (int low = 0, high = bytes.length - 1; low < high; low++, high--) {
            byte b = bytes[low];
            bytes[low] = bytes[high];
            bytes[high] = b;
        }
    }
}
