package dev.edo.io;

import static dev.edo.io.TestContext.bytes;
import static dev.edo.io.TestContext.complete;
import static dev.edo.io.TestContext.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.future.Context;
import dev.edo.future.IoFuture;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class CopyTest {
    private final TestContext cx = new TestContext();

    @Test
    void copiesAllAndFlushesOnce() throws Exception {
        var sink = new FakeStream();
        assertEquals(5L, cx.now(Io.copy(FakeStream.reading("hel", "lo"), sink)));
        assertEquals("hello", sink.text());
        assertEquals(1, sink.flushes);
        assertEquals(0, sink.shutdowns);
        assertEquals(0L, cx.now(Io.copy(Io.empty(), sink)));
    }

    @Test
    void copiesThroughABufferOfOneByteAndADirectOne() throws Exception {
        for (var buffer : List.of(ByteBuffer.allocate(1), ByteBuffer.allocateDirect(3))) {
            var sink = new FakeStream().writing(2, -1, 1);
            assertEquals(11L, complete(Io.copy(FakeStream.reading("hello ", "world"), sink, buffer)));
            assertEquals("hello world", sink.text());
        }
        assertThrows(IllegalArgumentException.class, () -> Io.copy(Io.empty(), Io.sink(), ByteBuffer.allocate(0)));
    }

    /**
     * A client sends a question through a sink with a buffer, and the server answers only to what
     * it has got: without a flush while the source waits for the answer nobody would ever go on.
     */
    @Test
    void flushesWhenTheSourceWaits() throws Exception {
        for (int kind = 0; kind < 2; kind++) {
            var source = FakeStream.reading("question").thenRead(FakeStream.PENDING).thenRead("more".getBytes());
            var sink = new FakeStream();
            var out = new BufWriter<>(sink);
            var copy = kind == 0 ? Io.copy(source, out) : Io.copyBuf(new BufReader<>(source), out);
            assertFalse(copy.poll(cx).isReady());
            assertEquals("question", sink.text());
            assertEquals(1, sink.flushes);
            assertEquals(12L, cx.now(copy));
            assertEquals("questionmore", sink.text());
        }
    }

    @Test
    void flushesOnceForManyWaits() throws Exception {
        var source = FakeStream.reading("x").thenRead(FakeStream.PENDING).thenRead(FakeStream.PENDING);
        var sink = new FakeStream();
        var copy = Io.copy(source, sink);
        assertFalse(copy.poll(cx).isReady());
        assertFalse(copy.poll(cx).isReady());
        assertEquals(1, sink.flushes);
        assertEquals(1L, cx.now(copy));
        assertEquals(2, sink.flushes);
    }

    @Test
    void topsUpTheBufferWhileTheSinkWaits() throws Exception {
        var source = FakeStream.reading("ab", "cd", "ef");
        var sink = new FakeStream().writing(-1, -1);
        var copy = Io.copy(source, sink);
        assertFalse(copy.poll(cx).isReady());
        assertFalse(copy.poll(cx).isReady());
        assertEquals(6L, cx.now(copy));
        assertEquals("abcdef", sink.text());
        // The third of these found all that had come by then.
        assertEquals(List.of("write", "write", "write", "flush"), sink.log);
    }

    @Test
    void sinkThatTakesNothingFailsTheCopy() {
        assertThrows(IOException.class, () -> complete(Io.copy(Io.repeat((byte) 1), new FakeStream().writing(5, 0))));
        assertThrows(IOException.class, () -> complete(
                Io.copyBuf(new BufReader<>(Io.repeat((byte) 1)), new FakeStream().writing(5, 0))));
    }

    private void isCooperative(IoFuture<?> endless) throws Exception {
        cx.budget = 100;
        assertFalse(endless.poll(cx).isReady());
        assertTrue(cx.refused);
        endless.cancel();
    }

    /** Neither side ever waits, and neither takes part in the budget by itself. */
    @Test
    void endlessCopyYields() throws Exception {
        var endless = new AsyncRead() {
            @Override
            public int pollRead(Context cx, ByteBuffer dst) {
                int n = dst.remaining();
                dst.position(dst.limit());
                return n;
            }
        };
        var sink = new FakeStream();
        isCooperative(Io.copy(endless, sink, ByteBuffer.allocate(1)));
        isCooperative(Io.copyBuf(new BufReader<>(endless, 1), sink));
        isCooperative(Io.copyBidirectional(Io.join(endless, sink), Io.join(endless, sink), 1, 1));
    }

    /** Each copy has its end at once, and the task begins the next one. */
    @Test
    void shortCopiesOneAfterTheOtherYield() throws Exception {
        List<Supplier<IoFuture<?>>> copies = List.of(
                () -> Io.copy(FakeStream.reading("hello"), new FakeStream()),
                () -> Io.copyBuf(new BufReader<>(FakeStream.reading("hello")), new FakeStream()),
                () -> Io.copyBidirectional(FakeStream.reading("hello"), FakeStream.reading("hello")));
        for (var copy : copies) {
            cx.budget = 100;
            int done = 0;
            while (copy.get().poll(cx).isReady()) {
                assertTrue(++done <= 100, "never yields");
            }
            assertTrue(done > 0);
        }
    }

    @Test
    void cancelledCopyBufLeavesInTheSourceWhatWasNotWritten() throws Exception {
        var source = new BufReader<>(FakeStream.reading("abcdef"));
        var sink = new FakeStream().writing(2, -1);
        var copy = Io.copyBuf(source, sink);
        assertFalse(copy.poll(cx).isReady());
        copy.cancel();
        assertFalse(sink.hasWakers());
        assertEquals("ab", sink.text());
        assertEquals("cdef", complete(source.readToString()));
    }

    // ---- in both directions

    /** What a test has in its hands: the far ends of the two streams that are copied between. */
    private record Proxied(DuplexStream left, DuplexStream right, IoFuture<Copied> copy) {
        static Proxied start() {
            var left = Io.duplex(64);
            var right = Io.duplex(64);
            return new Proxied(left.first(), right.second(), Io.copyBidirectional(left.second(), right.first()));
        }
    }

    private String read(AsyncRead from, int bytes) throws Exception {
        var buffer = ByteBuffer.allocate(bytes);
        cx.now(from.readExact(buffer));
        return text(buffer.flip());
    }

    @Test
    void copiesBothWays() throws Exception {
        var test = Proxied.start();
        cx.now(test.left().writeAll(bytes("to the right")));
        cx.now(test.right().writeAll(bytes("to the left")));
        assertFalse(test.copy().poll(cx).isReady());
        assertEquals("to the right", read(test.right(), 12));
        assertEquals("to the left", read(test.left(), 11));
    }

    @Test
    void endOfOneDirectionIsPassedOnAndTheOtherGoesOn() throws Exception {
        for (boolean leftFirst : new boolean[] {true, false}) {
            var test = Proxied.start();
            var one = leftFirst ? test.left() : test.right();
            var other = leftFirst ? test.right() : test.left();
            cx.now(one.writeAll(bytes("bye")));
            cx.now(one.shutdownOutput());
            assertFalse(test.copy().poll(cx).isReady());
            assertEquals("bye", cx.now(other.readToString()));
            cx.now(other.writeAll(bytes("still here")));
            assertFalse(test.copy().poll(cx).isReady());
            assertEquals("still here", read(one, 10));
            cx.now(other.shutdownOutput());
            assertEquals(leftFirst ? new Copied(3, 10) : new Copied(10, 3), cx.now(test.copy()));
            assertEquals("", cx.now(one.readToString()));
        }
    }

    @Test
    void fullSideDoesNotHoldUpTheOther() throws Exception {
        var test = Proxied.start();
        // Nobody reads on the right: both pipes and the buffer between them fill up.
        var flood = test.left().writeAll(ByteBuffer.allocate(100_000));
        for (int polls = 0; polls < 1000; polls++) {
            assertFalse(flood.poll(cx).isReady());
            assertFalse(test.copy().poll(cx).isReady());
        }
        cx.now(test.right().writeAll(bytes("still moving")));
        assertFalse(test.copy().poll(cx).isReady());
        assertEquals("still moving", read(test.left(), 12));
    }

    @Test
    void failureOfEitherSideEndsTheCopyAtOnce() throws Exception {
        var writing = Proxied.start();
        writing.right().close();
        cx.now(writing.left().writeAll(bytes("x")));
        assertThrows(BrokenPipeException.class, () -> writing.copy().poll(cx));

        var failing = FakeStream.reading("x");
        failing.failAtStep = 0;
        var pending = Io.duplex(1).first();
        var copy = Io.copyBidirectional(pending, failing);
        assertThrows(IOException.class, () -> copy.poll(cx));
        assertThrows(IllegalStateException.class, () -> copy.poll(cx));
    }

    /** One direction never waits and eats the whole budget of each poll. */
    @Test
    void busyDirectionDoesNotStarveTheOther() throws Exception {
        var busy = Io.join(Io.repeat((byte) 1), new FakeStream());
        var quiet = Io.join(FakeStream.reading("answer"), Io.sink());
        var copy = Io.copyBidirectional(busy, quiet);
        for (int poll = 0; poll < 2; poll++) {
            cx.budget = 10;
            assertFalse(copy.poll(cx).isReady());
        }
        assertEquals("answer", busy.writer().text());
        assertThrows(IllegalArgumentException.class, () -> Io.copyBidirectional(busy, quiet, 0, 1));
    }
}
