package dev.edo.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.future.Waker;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The futures that follow from the poll methods, over a channel that does what its script says. */
class AsyncReadWriteTest {
    private final Waker waker = () -> {};
    private final Context cx = Context.of(waker);

    /** Each poll takes the next number of the script: so many bytes at most, END_OF_STREAM or PENDING. */
    private static final class Scripted implements AsyncRead, AsyncWrite {
        private final Queue<Integer> script;
        private @Nullable Waker cancelled;
        private boolean broken;

        Scripted(Integer... script) {
            this.script = new ArrayDeque<>(List.of(script));
        }

        private int next(ByteBuffer buffer) throws IOException {
            if (broken) {
                throw new IOException("broken");
            }
            int n = script.remove();
            if (n < 0) {
                return n;
            }
            int moved = Math.min(n, buffer.remaining());
            buffer.position(buffer.position() + moved);
            return moved;
        }

        @Override
        public int pollRead(Context cx, ByteBuffer dst) throws IOException {
            return next(dst);
        }

        @Override
        public int pollWrite(Context cx, ByteBuffer src) throws IOException {
            return next(src);
        }

        @Override
        public boolean pollFlush(Context cx) throws IOException {
            return next(ByteBuffer.allocate(0)) >= 0;
        }

        @Override
        public boolean pollShutdown(Context cx) throws IOException {
            return next(ByteBuffer.allocate(0)) >= 0;
        }

        @Override
        public void cancelRead(Waker waker) {
            cancelled = waker;
        }

        @Override
        public void cancelWrite(Waker waker) {
            cancelled = waker;
        }
    }

    private List<Future<?>> all(Scripted io) {
        var buffer = ByteBuffer.allocate(5);
        return List.of(io.read(buffer), io.read(new ByteBuffer[] {buffer}), io.readExact(buffer),
                io.write(buffer), io.write(new ByteBuffer[] {buffer}), io.writeAll(buffer),
                io.flush(), io.shutdownOutput());
    }

    @Test
    void cancelForgetsTheWakerOfThePendingPollOnce() throws Exception {
        for (int i = 0; i < 8; i++) {
            var io = new Scripted(IoResult.PENDING);
            var future = all(io).get(i);
            assertFalse(future.poll(cx).isReady());
            future.cancel();
            assertSame(waker, io.cancelled);
            io.cancelled = null;
            future.cancel();
            assertNull(io.cancelled);
            var thrown = assertThrows(IllegalStateException.class, () -> future.poll(cx));
            assertTrue(thrown.getMessage().contains("cannot be polled again"), thrown.getMessage());
        }
    }

    @Test
    void futureIsSpentWhenItCompletedOrFailed() throws Exception {
        for (int i = 0; i < 8; i++) {
            var io = new Scripted(5);
            var done = all(io).get(i);
            assertTrue(done.poll(cx).isReady());
            assertThrows(IllegalStateException.class, () -> done.poll(cx));
            done.cancel();
            assertNull(io.cancelled);
            io.broken = true;
            var failing = all(io).get(i);
            assertThrows(IOException.class, () -> failing.poll(cx));
            assertThrows(IllegalStateException.class, () -> failing.poll(cx));
        }
    }

    @Test
    void readExactGoesOnUntilTheBufferIsFull() throws Exception {
        var buffer = ByteBuffer.allocate(10);
        var future = new Scripted(3, IoResult.PENDING, 3, 100).readExact(buffer);
        assertFalse(future.poll(cx).isReady());
        assertEquals(3, buffer.position());
        assertTrue(future.poll(cx).isReady());
        assertFalse(buffer.hasRemaining());
    }

    @Test
    void readExactFailsAtTheEnd() {
        var future = new Scripted(3, IoResult.END_OF_STREAM).readExact(ByteBuffer.allocate(10));
        var thrown = assertThrows(EOFException.class, () -> future.poll(cx));
        assertTrue(thrown.getMessage().contains("missing=7"), thrown.getMessage());
    }

    @Test
    void writeAllGoesOnUntilTheBufferIsEmptyAndKeepsItsPlaceWhenCancelled() throws Exception {
        var buffer = ByteBuffer.allocate(10);
        var io = new Scripted(3, IoResult.PENDING, 100);
        var future = io.writeAll(buffer);
        assertFalse(future.poll(cx).isReady());
        future.cancel();
        assertEquals(3, buffer.position());
        assertTrue(io.writeAll(buffer).poll(cx).isReady());
        assertFalse(buffer.hasRemaining());
    }

    @Test
    void writeAllFailsWhereTheSinkTakesNoMore() {
        var future = new Scripted(3, 0).writeAll(ByteBuffer.allocate(10));
        var thrown = assertThrows(IOException.class, () -> future.poll(cx));
        assertTrue(thrown.getMessage().contains("left=7"), thrown.getMessage());
    }

    @Test
    void vectoredCallsUseTheFirstBufferWithRoomUnlessAnImplementationKnowsBetter() throws Exception {
        var full = ByteBuffer.allocate(0);
        var buffer = ByteBuffer.allocate(10);
        assertEquals(Poll.ready(4), new Scripted(4).read(new ByteBuffer[] {full, buffer}).poll(cx));
        assertEquals(4, buffer.position());
        assertEquals(Poll.ready(0), new Scripted().read(new ByteBuffer[] {full}).poll(cx));
        assertEquals(Poll.ready(6), new Scripted(6).write(new ByteBuffer[] {full, buffer}).poll(cx));
        assertEquals(Poll.ready(0), new Scripted().write(new ByteBuffer[] {buffer, full}).poll(cx));
    }
}
