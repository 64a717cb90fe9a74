package dev.edo.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.future.Context;
import dev.edo.future.Waker;
import dev.edo.io.AsyncRead;
import dev.edo.io.AsyncWrite;
import dev.edo.io.IoResult;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** A connection that does one step of its script in each call, and is at its end after the last one. */
final class Script implements AsyncRead, AsyncWrite {
    private sealed interface Step {}

    private record Data(byte[] bytes) implements Step {}

    private record Failure(IOException exception) implements Step {}

    private enum Mark implements Step { PENDING, FLUSH, SHUTDOWN, END }

    private final Queue<Step> steps = new ArrayDeque<>();
    private final Context cx = Context.of(() -> {});
    @Nullable Waker cancelledRead;
    @Nullable Waker cancelledWrite;

    static byte[] bytes(String latin1) {
        return latin1.getBytes(StandardCharsets.ISO_8859_1);
    }

    static String text(byte @Nullable [] bytes) {
        return bytes == null ? "null" : new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** What a read brings, or what a write takes. */
    Script data(String latin1) {
        return data(bytes(latin1));
    }

    Script data(byte[] bytes) {
        if (bytes.length > 0) {
            steps.add(new Data(bytes));
        }
        return this;
    }

    Script pending() {
        steps.add(Mark.PENDING);
        return this;
    }

    Script flushed() {
        steps.add(Mark.FLUSH);
        return this;
    }

    Script ended() {
        steps.add(Mark.SHUTDOWN);
        return this;
    }

    /** The end, after which there may be more. */
    Script end() {
        steps.add(Mark.END);
        return this;
    }

    Script failure(String message) {
        steps.add(new Failure(new IOException(message)));
        return this;
    }

    boolean isDone() {
        return steps.isEmpty();
    }

    Context context() {
        return cx;
    }

    @Override
    public int pollRead(Context cx, ByteBuffer dst) throws IOException {
        return switch (steps.poll()) {
            case null -> IoResult.END_OF_STREAM;
            case Data data -> {
                int n = Math.min(dst.remaining(), data.bytes.length);
                dst.put(data.bytes, 0, n);
                if (n < data.bytes.length) {
                    var rest = new ArrayDeque<Step>();
                    rest.add(new Data(Arrays.copyOfRange(data.bytes, n, data.bytes.length)));
                    rest.addAll(steps);
                    steps.clear();
                    steps.addAll(rest);
                }
                yield n;
            }
            case Failure failure -> throw failure.exception;
            case Mark.PENDING -> IoResult.PENDING;
            case Mark.END -> IoResult.END_OF_STREAM;
            case Mark mark -> throw new AssertionError("a read instead of " + mark);
        };
    }

    @Override
    public int pollWrite(Context cx, ByteBuffer src) throws IOException {
        return switch (steps.poll()) {
            case null -> 0;
            case Data data -> {
                assertTrue(src.remaining() >= data.bytes.length, () -> "written: " + src);
                var written = new byte[data.bytes.length];
                src.get(written);
                assertArrayEquals(data.bytes, written);
                yield written.length;
            }
            case Failure failure -> throw failure.exception;
            case Mark.PENDING -> IoResult.PENDING;
            case Mark mark -> throw new AssertionError("a write instead of " + mark);
        };
    }

    @Override
    public boolean pollFlush(Context cx) throws IOException {
        return done(Mark.FLUSH);
    }

    @Override
    public boolean pollShutdown(Context cx) throws IOException {
        return done(Mark.SHUTDOWN);
    }

    private boolean done(Mark expected) throws IOException {
        var step = steps.poll();
        if (step instanceof Failure failure) {
            throw failure.exception;
        }
        var mark = step == null ? expected : assertInstanceOf(Mark.class, step);
        assertTrue(mark == expected || mark == Mark.PENDING, () -> expected + " instead of " + mark);
        return mark == expected;
    }

    @Override
    public void cancelRead(Waker waker) {
        cancelledRead = waker;
    }

    @Override
    public void cancelWrite(Waker waker) {
        cancelledWrite = waker;
    }
}
