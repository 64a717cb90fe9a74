package dev.edo.io;

import static dev.edo.io.TestContext.bytes;
import static dev.edo.io.TestContext.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.future.Context;
import dev.edo.future.Poll;
import dev.edo.future.Waker;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Pipes and connections in memory. */
class PipeTest {
    private final TestContext cx = new TestContext();
    private final TestContext other = new TestContext();

    private String read(AsyncRead from, int bytes) throws Exception {
        var buffer = ByteBuffer.allocate(bytes);
        cx.now(from.readExact(buffer));
        return text(buffer.flip());
    }

    @Test
    void pingPong() throws Exception {
        var pair = Io.duplex(32);
        cx.now(pair.first().writeAll(bytes("ping")));
        assertEquals("ping", read(pair.second(), 4));
        cx.now(pair.second().writeAll(bytes("pong")));
        assertEquals("pong", read(pair.first(), 4));
    }

    @Test
    void readerWaitsAndIsWokenOncePerWrite() throws Exception {
        var pipe = Io.simplex(8);
        var read = pipe.reader().read(ByteBuffer.allocate(8));
        assertFalse(read.poll(cx).isReady());
        assertEquals(2, other.now(pipe.writer().write(bytes("ab"))));
        assertEquals(1, other.now(pipe.writer().write(bytes("c"))));
        assertEquals(1, cx.wakes.get());
        assertEquals(3, cx.now(read));
    }

    @Test
    void wakerThatThrowsKeepsNobodyFromHearingOfTheClose() throws Exception {
        var pair = Io.duplex(4);
        var broken = Context.of(() -> {
            throw new IllegalStateException("waker");
        });
        assertEquals(IoResult.PENDING, pair.second().pollRead(broken, ByteBuffer.allocate(1)));
        assertEquals(4, pair.second().pollWrite(cx, bytes("abcd")));
        assertEquals(IoResult.PENDING, pair.second().pollWrite(cx, bytes("e")));
        assertThrows(IllegalStateException.class, () -> pair.first().close());
        assertEquals(1, cx.wakes.get());
    }

    @Test
    void writerWaitsForRoomAndNoMoreThanTheCapacityIsOnItsWay() throws Exception {
        var pipe = Io.simplex(4);
        var src = bytes("abcdefgh");
        assertEquals(4, cx.now(pipe.writer().write(src)));
        var write = pipe.writer().write(src);
        assertFalse(write.poll(cx).isReady());
        assertEquals("ab", read(pipe.reader(), 2));
        assertEquals(1, cx.wakes.get());
        assertEquals(2, cx.now(write));
        assertEquals("cdef", read(pipe.reader(), 4));
        assertEquals(2, cx.now(pipe.writer().write(src)));
        assertEquals("gh", read(pipe.reader(), 2));
    }

    @Test
    void newestWakerIsTheOneThatCounts() throws Exception {
        var pipe = Io.simplex(4);
        assertEquals(IoResult.PENDING, pipe.reader().pollRead(cx, ByteBuffer.allocate(1)));
        assertEquals(IoResult.PENDING, pipe.reader().pollRead(other, ByteBuffer.allocate(1)));
        pipe.reader().cancelRead(cx);
        assertEquals(1, other.now(pipe.writer().write(bytes("x"))));
        assertEquals(0, cx.wakes.get());
        assertEquals(1, other.wakes.get());
    }

    @Test
    void cancelledReadAndWriteAreNotWoken() throws Exception {
        var pipe = Io.simplex(1);
        var read = pipe.reader().read(ByteBuffer.allocate(1));
        assertFalse(read.poll(cx).isReady());
        read.cancel();
        other.now(pipe.writer().writeAll(bytes("x")));
        var write = pipe.writer().write(bytes("y"));
        assertFalse(write.poll(cx).isReady());
        write.cancel();
        assertEquals("x", read(pipe.reader(), 1));
        assertEquals(0, cx.wakes.get());
    }

    @Test
    void endComesAfterWhatWasWritten() throws Exception {
        for (boolean closed : new boolean[] {true, false}) {
            var pipe = Io.simplex(8);
            cx.now(pipe.writer().writeAll(bytes("last")));
            if (closed) {
                pipe.writer().close();
                pipe.writer().close();
                assertThrows(ClosedChannelException.class, () -> pipe.writer().pollWrite(cx, bytes("x")));
                assertThrows(ClosedChannelException.class, () -> pipe.writer().pollFlush(cx));
                assertThrows(ClosedChannelException.class, () -> pipe.writer().pollShutdown(cx));
            } else {
                cx.now(pipe.writer().shutdownOutput());
                cx.now(pipe.writer().shutdownOutput());
                assertThrows(BrokenPipeException.class, () -> pipe.writer().pollWrite(cx, bytes("x")));
                cx.now(pipe.writer().flush());
            }
            assertEquals("last", cx.now(pipe.reader().readToString()));
            assertEquals(-1, cx.now(pipe.reader().read(ByteBuffer.allocate(1))));
        }
    }

    @Test
    void waitingReaderLearnsOfTheEnd() throws Exception {
        for (boolean closed : new boolean[] {true, false}) {
            var pipe = Io.simplex(8);
            var read = pipe.reader().read(ByteBuffer.allocate(1));
            assertFalse(read.poll(cx).isReady());
            int wakes = cx.wakes.get();
            if (closed) {
                pipe.writer().close();
            } else {
                other.now(pipe.writer().shutdownOutput());
            }
            assertEquals(wakes + 1, cx.wakes.get());
            assertEquals(-1, cx.now(read));
        }
    }

    @Test
    void writerLearnsThatNobodyReads() throws Exception {
        var pipe = Io.simplex(1);
        cx.now(pipe.writer().writeAll(bytes("x")));
        var write = pipe.writer().write(bytes("y"));
        assertFalse(write.poll(cx).isReady());
        pipe.reader().close();
        assertEquals(1, cx.wakes.get());
        assertThrows(BrokenPipeException.class, () -> write.poll(cx));
        assertThrows(BrokenPipeException.class, () -> pipe.writer().pollWrite(cx, bytes("")));
        assertThrows(BrokenPipeException.class,
                () -> pipe.writer().pollWrite(cx, new ByteBuffer[] {bytes(""), bytes("")}));
        cx.now(pipe.writer().flush());
        cx.now(pipe.writer().shutdownOutput());
    }

    @Test
    void closingAnEndWakesWhoWaitsInIt() throws Exception {
        var pipe = Io.simplex(1);
        var read = pipe.reader().read(ByteBuffer.allocate(1));
        assertFalse(read.poll(cx).isReady());
        pipe.reader().close();
        assertEquals(1, cx.wakes.get());
        assertThrows(ClosedChannelException.class, () -> read.poll(cx));
        var full = Io.simplex(1);
        cx.now(full.writer().writeAll(bytes("x")));
        var write = full.writer().write(bytes("y"));
        assertFalse(write.poll(cx).isReady());
        full.writer().close();
        assertEquals(2, cx.wakes.get());
        assertThrows(ClosedChannelException.class, () -> write.poll(cx));
    }

    /** The end is closed after the look whether it is, and before there is a waker to call. */
    @Test
    void waitThatBeginsWhileItsEndIsClosedFails() throws Exception {
        var pipe = Io.simplex(1);
        Context closesReader = () -> {
            pipe.reader().close();
            return cx;
        };
        assertThrows(ClosedChannelException.class,
                () -> pipe.reader().pollRead(closesReader, ByteBuffer.allocate(1)));
        var full = Io.simplex(1);
        cx.now(full.writer().writeAll(bytes("x")));
        Context closesWriter = () -> {
            full.writer().close();
            return cx;
        };
        assertThrows(ClosedChannelException.class, () -> full.writer().pollWrite(closesWriter, bytes("y")));
    }

    @Test
    void closingOneEndOfAConnectionEndsBothDirectionsForTheOther() throws Exception {
        var pair = Io.duplex(8);
        cx.now(pair.first().writeAll(bytes("bye")));
        pair.first().close();
        assertEquals("bye", cx.now(pair.second().readToString()));
        assertThrows(BrokenPipeException.class, () -> cx.now(pair.second().write(bytes("x"))));
    }

    @Test
    void emptyBuffersMoveNothingAndWaitForNothing() throws Exception {
        var pair = Io.duplex(1);
        assertEquals(0, cx.now(pair.first().write(bytes(""))));
        assertEquals(0, cx.now(pair.second().read(ByteBuffer.allocate(0))));
        cx.now(pair.first().writeAll(bytes("x")));
        assertEquals(0, cx.now(pair.first().write(bytes(""))));
        assertEquals(0, cx.now(pair.first().write(new ByteBuffer[] {bytes("")})));
        pair.first().close();
        assertEquals(0, cx.now(pair.second().read(ByteBuffer.allocate(0))));
    }

    @Test
    void severalBuffersAreWrittenAtOnceAsFarAsThereIsRoom() throws Exception {
        var pipe = Io.simplex(6);
        assertTrue(pipe.writer().isWriteVectored());
        cx.now(pipe.writer().writeAll(bytes("1234")));
        assertEquals("1234", read(pipe.reader(), 4));
        var srcs = new ByteBuffer[] {bytes("ab"), bytes(""), bytes("cdefg")};
        assertEquals(6, cx.now(pipe.writer().write(srcs)), "over the edge of the ring");
        assertEquals(1, srcs[2].remaining());
        assertEquals("abcdef", read(pipe.reader(), 6));
        var fitting = new ByteBuffer[] {bytes("1"), bytes(""), bytes("22"), bytes(""), bytes("333")};
        assertEquals(6, cx.now(pipe.writer().write(fitting)));
        assertEquals("122333", read(pipe.reader(), 6));
    }

    @Test
    void severalBuffersGoThroughAConnectionAtOnceAndAreThereWhenItHasEnded() throws Exception {
        for (boolean closed : new boolean[] {true, false}) {
            var pair = Io.duplex(64);
            assertTrue(pair.first().isWriteVectored());
            assertEquals(28, cx.now(pair.first().write(
                    new ByteBuffer[] {bytes("hello world..."), bytes("hello world...")})));
            if (closed) {
                cx.now(pair.first().flush());
                pair.first().close();
            } else {
                cx.now(pair.first().shutdownOutput());
                pair.first().close();
            }
            assertEquals("hello world...hello world...", cx.now(pair.second().readToString()));
        }
    }

    @Test
    void capacityMustBeThere() {
        assertThrows(IllegalArgumentException.class, () -> Io.simplex(0));
        assertThrows(IllegalArgumentException.class, () -> Io.duplex(-1));
    }

    /** A task that talks to itself, or to one that always answers, must yield now and then. */
    @Test
    void readsAndWritesTakePartInTheBudget() throws Exception {
        var pipe = Io.simplex(1000);
        cx.budget = 10;
        int written = 0;
        while (pipe.writer().pollWrite(cx, bytes("x")) == 1) {
            written++;
        }
        assertEquals(10, written);
        assertTrue(cx.refused);
        cx.budget = 10;
        while (pipe.writer().pollWrite(cx, new ByteBuffer[] {bytes("x")}) == 1) {
            written++;
        }
        assertEquals(20, written);
        cx.budget = 3;
        int n = 0;
        while (pipe.reader().pollRead(cx, ByteBuffer.allocate(1)) == 1) {
            n++;
        }
        assertEquals(3, n);
        pipe.writer().close();
        cx.budget = 0;
        assertEquals(IoResult.PENDING, pipe.reader().pollRead(cx, ByteBuffer.allocate(1)));
        cx.budget = 1000;
        while (pipe.reader().pollRead(cx, ByteBuffer.allocate(100)) > 0) {
            assertTrue(cx.budget > 0);
        }
        cx.budget = 2;
        assertEquals(-1, pipe.reader().pollRead(cx, ByteBuffer.allocate(1)));
        assertEquals(-1, pipe.reader().pollRead(cx, ByteBuffer.allocate(1)));
        assertEquals(IoResult.PENDING, pipe.reader().pollRead(cx, ByteBuffer.allocate(1)), "the end counts, too");
    }

    private interface Side {
        /** {@return whether it is done} */
        boolean step(Context cx) throws Exception;
    }

    /** Goes on as a task does: after a pending step only when woken. */
    private static void run(Side side, AtomicReference<Throwable> failure) {
        var self = Thread.currentThread();
        var woken = new AtomicBoolean();
        Waker waker = () -> {
            woken.set(true);
            LockSupport.unpark(self);
        };
        try {
            while (!side.step(Context.of(waker))) {
                while (!woken.getAndSet(false)) {
                    LockSupport.park();
                }
            }
        } catch (Throwable t) {
            failure.compareAndSet(null, t);
        }
    }

    /**
     * Writer and reader on two threads; a small ring, so that each of them finds it full or empty
     * all the time. A lost wake-up hangs, a byte out of place shows in the sequence.
     */
    @Test
    void noByteAndNoWakeUpIsLostBetweenThreads() throws Exception {
        for (int capacity : new int[] {1, 2, 7, 64}) {
            var pipe = Io.simplex(capacity);
            var failure = new AtomicReference<Throwable>();
            int total = 200_000;
            var src = ByteBuffer.allocate(total);
            new Random(capacity).nextBytes(src.array());
            var expected = src.array().clone();
            var dst = ByteBuffer.allocate(total + 1);
            var writing = pipe.writer().writeAll(src);
            var writer = Thread.ofPlatform().start(() -> run(cx -> {
                if (!writing.poll(cx).isReady()) {
                    return false;
                }
                pipe.writer().close();
                return true;
            }, failure));
            var reader = Thread.ofPlatform().start(() -> run(cx -> {
                while (true) {
                    int n = pipe.reader().pollRead(cx, dst);
                    if (n < 0) {
                        return n == IoResult.END_OF_STREAM;
                    }
                }
            }, failure));
            assertTrue(writer.join(Duration.ofSeconds(60)), "the writer waits for ever");
            assertTrue(reader.join(Duration.ofSeconds(60)), "the reader waits for ever");
            assertEquals(null, failure.get());
            assertEquals(ByteBuffer.wrap(expected), dst.flip());
        }
    }

    /** The end and the last bytes come together; the reader must not see the end first. */
    @Test
    void lastBytesAreNotOvertakenByTheEnd() throws Exception {
        for (int round = 0; round < 2_000; round++) {
            var pipe = Io.simplex(1);
            var failure = new AtomicReference<Throwable>();
            var reading = pipe.reader().readToEnd();
            var got = new AtomicReference<byte[]>();
            var reader = Thread.ofVirtual().start(() -> run(cx -> {
                if (reading.poll(cx) instanceof Poll.Ready<byte[]>(var all)) {
                    got.set(all);
                    return true;
                }
                return false;
            }, failure));
            assertEquals(1, pipe.writer().pollWrite(other, bytes("x")));
            pipe.writer().close();
            assertTrue(reader.join(Duration.ofSeconds(60)), "the reader waits for ever");
            assertEquals(null, failure.get());
            assertEquals("x", text(got.get()));
        }
    }
}
