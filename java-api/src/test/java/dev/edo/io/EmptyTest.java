package dev.edo.io;

import static dev.edo.io.TestContext.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.future.IoFuture;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Sources and sinks that never wait. */
class EmptyTest {
    private final TestContext cx = new TestContext();

    @Test
    void emptyIsAtItsEndAndTakesEverything() throws Exception {
        var empty = Io.empty();
        assertEquals(-1, cx.now(empty.read(ByteBuffer.allocate(1))));
        assertEquals(0, cx.now(empty.read(ByteBuffer.allocate(0))));
        assertFalse(cx.now(empty.fillBuf()).hasRemaining());
        assertNull(cx.now(empty.readLine()));
        empty.consume(0);
        assertThrows(IllegalArgumentException.class, () -> empty.consume(1));
        var src = bytes("hello");
        assertEquals(5, cx.now(empty.write(src)));
        assertFalse(src.hasRemaining());
        assertEquals(3, cx.now(empty.write(new ByteBuffer[] {bytes("ab"), bytes("c")})));
        cx.now(empty.flush());
        cx.now(empty.shutdownOutput());
        for (long offset : new long[] {Long.MIN_VALUE, -1, 0, 1, Long.MAX_VALUE}) {
            assertEquals(0L, cx.now(empty.seek(SeekFrom.start(Math.max(0, offset)))));
            assertEquals(0L, cx.now(empty.seek(SeekFrom.end(offset))));
            assertEquals(0L, cx.now(empty.seek(SeekFrom.current(offset))));
        }
        assertEquals(0L, cx.now(empty.streamPosition()));
    }

    @Test
    void repeatFillsWhateverItIsGiven() throws Exception {
        var repeat = Io.repeat((byte) 7);
        var buffer = ByteBuffer.allocate(5000);
        assertEquals(5000, cx.now(repeat.read(buffer)));
        for (byte b : buffer.array()) {
            assertEquals(7, b);
        }
        assertEquals(0, cx.now(repeat.read(ByteBuffer.allocate(0))));
    }

    @Test
    void whatNeverWaitsTakesPartInTheBudget() throws Exception {
        var empty = Io.empty();
        List<Supplier<IoFuture<?>>> calls = List.of(
                () -> empty.read(ByteBuffer.allocate(1)),
                () -> empty.fillBuf(),
                () -> empty.write(bytes("x")),
                () -> empty.write(new ByteBuffer[] {bytes("x")}),
                () -> empty.flush(),
                () -> empty.shutdownOutput(),
                () -> empty.streamPosition(),
                () -> Io.repeat((byte) 1).read(ByteBuffer.allocate(1)),
                () -> Io.reader(bytes("x")).read(ByteBuffer.allocate(1)),
                () -> Io.sink().write(bytes("x")),
                () -> Io.sink().flush(),
                () -> Io.sink().shutdownOutput());
        for (var call : calls) {
            cx.budget = 20;
            int polls = 0;
            while (call.get().poll(cx).isReady()) {
                assertTrue(polls++ < 20, "never yields");
            }
            assertTrue(polls > 0, "never completes");
        }
    }
}
