package dev.edo.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.edo.future.Context;
import dev.edo.io.AsyncRead;
import dev.edo.io.AsyncWrite;
import dev.edo.io.IoResult;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** A connection in steady state allocates nothing but its frames. */
class FrameAllocationTest {
    private static final int FRAMES = 100_000;

    private final Context cx = Context.of(() -> {});

    /** What the thread itself may need: the JIT, the measurement. */
    private static final long TOLERATED_BYTES = 64 * 1024;

    @FunctionalInterface
    private interface Body {
        void run() throws IOException;
    }

    private static void assertAllocatesNothing(Body body) throws IOException {
        body.run(); // classes, arrays that grow
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        body.run();
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertTrue(allocated < TOLERATED_BYTES, () -> "allocated=" + allocated + " bytes");
    }

    /** Brings the same frames over and over, 100 at a time, and is not ready in between. */
    private static final class Endless implements AsyncRead {
        private final byte[] frames;
        private boolean ready;

        Endless(byte[] frames) {
            this.frames = frames;
        }

        @Override
        public int pollRead(Context cx, ByteBuffer dst) {
            ready = !ready;
            if (!ready) {
                return IoResult.PENDING;
            }
            int n = Math.min(dst.remaining(), frames.length);
            dst.put(frames, 0, n);
            return n;
        }
    }

    /** Takes everything. */
    private static final class Hole implements AsyncWrite {
        @Override
        public int pollWrite(Context cx, ByteBuffer src) {
            int n = src.remaining();
            src.position(src.limit());
            return n;
        }

        @Override
        public boolean pollFlush(Context cx) {
            return true;
        }

        @Override
        public boolean pollShutdown(Context cx) {
            return true;
        }
    }

    @Test
    void readingAllocatesOnlyTheFrames() throws IOException {
        var codec = new LengthDelimitedCodec();
        var frames = new FrameBuffer();
        for (int i = 0; i < 100; i++) {
            codec.encode(new byte[] {0, 0, 0, 7}, frames);
        }
        var source = new Endless(frames.readBytes(frames.length()));
        Integer seven = 7; // from the cache of small numbers
        var reader = new FramedRead<>(source, codec.decoding(src -> src.readInt() == 7 ? seven : null));
        assertAllocatesNothing(() -> {
            int seen = 0;
            while (seen < FRAMES) {
                if (reader.pollNext(cx) != null) {
                    seen++;
                }
            }
            assertEquals(FRAMES, seen);
        });
    }

    @Test
    void writingAllocatesNothing() throws IOException {
        var codec = new LengthDelimitedCodec();
        Encoder<String> numbers = codec.encoding((text, dst) -> {
            dst.putUtf8(text);
            dst.putDecimal(Long.MIN_VALUE);
        });
        var writer = new FramedWrite<>(new Hole(), numbers);
        assertAllocatesNothing(() -> {
            for (int i = 0; i < FRAMES; i++) {
                assertTrue(writer.pollReady(cx));
                writer.startSend("hello");
            }
            assertTrue(writer.pollFlush(cx));
        });
    }
}
