package dev.edo.impl.net;

import static dev.edo.impl.net.InRuntime.bytes;
import static dev.edo.impl.net.InRuntime.fill;
import static dev.edo.impl.net.InRuntime.soon;
import static dev.edo.impl.net.InRuntime.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.Edo;
import dev.edo.impl.net.InRuntime.Pair;
import dev.edo.net.TcpStream;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import org.junit.jupiter.api.Test;

class TcpSplitTest {
    @Test
    void closingTheWritingHalfEndsTheStreamForTheOtherSideOnly() throws Exception {
        InRuntime.currentThread(() -> {
            try (var pair = Pair.connected()) {
                var halves = pair.client().split();
                soon(halves.write().writeAll(bytes("bye")));
                halves.write().close();
                halves.write().close();
                var buffer = ByteBuffer.allocate(10);
                while (soon(pair.server().read(buffer)) >= 0) {
                    assertTrue(buffer.hasRemaining());
                }
                assertEquals("bye", text(buffer));
                soon(pair.server().writeAll(bytes("yes?")));
                var answer = ByteBuffer.allocate(4);
                soon(halves.read().readExact(answer));
                assertEquals("yes?", text(answer));
                assertThrows(ClosedChannelException.class, () -> soon(halves.write().write(bytes("x"))));
                assertThrows(ClosedChannelException.class, () -> soon(halves.write().flush()));
                halves.read().close();
                assertThrows(ClosedChannelException.class, () -> halves.read().localAddress());
            }
        });
    }

    /** One task peeks and reads while another writes; then the writing half goes while the reader waits. */
    @Test
    void halvesServeTwoTasksAtOnce() throws Exception {
        InRuntime.multiThread(() -> {
            try (var pair = Pair.connected()) {
                var halves = pair.client().split();
                var reader = Edo.spawn(() -> {
                    var in = halves.read();
                    for (int peek = 0; peek < 2; peek++) {
                        var peeked = ByteBuffer.allocate(32);
                        assertEquals(5, in.peek(peeked).await());
                        assertEquals("split", text(peeked));
                    }
                    var buffer = ByteBuffer.allocate(32);
                    assertEquals(5, in.read(buffer).await());
                    assertEquals("split", text(buffer));
                    assertEquals(-1, in.read(buffer.clear()).await());
                });
                var writer = Edo.spawn(() -> {
                    try (var out = halves.write()) {
                        out.writeAll(bytes("tilps")).await();
                    }
                });
                soon(pair.server().writeAll(bytes("split")));
                var got = ByteBuffer.allocate(32);
                while (soon(pair.server().read(got)) >= 0) {
                    assertTrue(got.hasRemaining());
                }
                assertEquals("tilps", text(got));
                soon(writer);
                assertFalse(reader.isFinished(), "the other side has not ended");
                pair.server().close();
                soon(reader);
                halves.read().close();
            }
        });
    }

    @Test
    void connectionEndsWhenBothHalvesAreClosedInEitherOrder() throws Exception {
        InRuntime.currentThread(() -> {
            for (int order = 0; order < 2; order++) {
                try (var pair = Pair.connected()) {
                    var halves = pair.client().split();
                    if (order == 0) {
                        halves.read().close();
                        soon(halves.write().writeAll(bytes("still open")));
                        halves.write().close();
                    } else {
                        halves.write().close();
                        halves.read().close();
                    }
                    var buffer = ByteBuffer.allocate(100);
                    while (soon(pair.server().read(buffer)) >= 0) {
                        assertTrue(buffer.hasRemaining());
                    }
                    // To a socket that is gone the kernel answers with a reset.
                    assertThrows(SocketException.class, () -> {
                        while (true) {
                            soon(pair.server().write(bytes("x")));
                            soon(Edo.yieldNow());
                        }
                    });
                }
            }
        });
    }

    @Test
    void forgottenWritingHalfTellsTheOtherSideNothing() throws Exception {
        InRuntime.currentThread(() -> {
            try (var pair = Pair.connected()) {
                var halves = pair.client().split();
                halves.write().forget();
                halves.write().close();
                assertThrows(ClosedChannelException.class, () -> halves.write().tryWrite(bytes("x")));
                var waker = new CountingWaker();
                var read = pair.server().read(ByteBuffer.allocate(1));
                assertFalse(read.poll(waker.cx).isReady());
                soon(pair.server().writeAll(bytes("x")));
                soon(halves.read().readExact(ByteBuffer.allocate(1)));
                assertFalse(read.poll(waker.cx).isReady());
                halves.read().close();
                assertEquals(-1, soon(read));
            }
        });
    }

    @Test
    void closingAHalfWakesWhoWaitsInIt() throws Exception {
        InRuntime.currentThread(() -> {
            try (var pair = Pair.connected()) {
                fill(pair.client());
                var halves = pair.client().split();
                var waker = new CountingWaker();
                var read = halves.read().read(ByteBuffer.allocate(1));
                var peek = halves.read().peek(ByteBuffer.allocate(1));
                var write = halves.write().write(bytes("x"));
                assertFalse(read.poll(waker.cx).isReady());
                assertFalse(peek.poll(waker.cx).isReady());
                assertFalse(write.poll(waker.cx).isReady());
                halves.read().close();
                var thrown = assertThrows(ClosedChannelException.class, () -> soon(read));
                assertTrue(String.valueOf(thrown.getMessage()).contains("reading half"), thrown.getMessage());
                assertThrows(ClosedChannelException.class, () -> soon(peek));
                // The second half's close is the whole connection's.
                halves.write().close();
                assertThrows(ClosedChannelException.class, () -> soon(write));
            }
        });
    }

    @Test
    void closedReadingHalfDoesNotShowWhatIsLeft() throws Exception {
        InRuntime.currentThread(() -> {
            try (var pair = Pair.connected()) {
                var halves = pair.client().split();
                soon(pair.server().writeAll(bytes("left")));
                soon(halves.read().readable());
                halves.read().close();
                var buffer = ByteBuffer.allocate(4);
                assertThrows(ClosedChannelException.class, () -> soon(halves.read().peek(buffer)));
                assertThrows(ClosedChannelException.class, () -> soon(halves.read().read(buffer)));
                assertEquals(0, buffer.position());
                halves.write().close();
            }
        });
    }

    @Test
    void closingTheWritingHalfWakesAWriterWhileTheOtherHalfGoesOn() throws Exception {
        InRuntime.currentThread(() -> {
            try (var pair = Pair.connected()) {
                fill(pair.client());
                var halves = pair.client().split();
                var write = halves.write().write(bytes("x"));
                assertFalse(write.poll(new CountingWaker().cx).isReady());
                halves.write().close();
                var thrown = assertThrows(ClosedChannelException.class, () -> soon(write));
                assertTrue(String.valueOf(thrown.getMessage()).contains("writing half"), thrown.getMessage());
                soon(pair.server().writeAll(bytes("x")));
                soon(halves.read().readExact(ByteBuffer.allocate(1)));
                halves.read().close();
            }
        });
    }

    @Test
    void forgettingTheWritingHalfFailsAWriterWhileTheOtherHalfGoesOn() throws Exception {
        InRuntime.currentThread(() -> {
            try (var pair = Pair.connected()) {
                fill(pair.client());
                var halves = pair.client().split();
                var waker = new CountingWaker();
                var write = halves.write().write(bytes("x"));
                assertFalse(write.poll(waker.cx).isReady());
                halves.write().forget();
                assertEquals(1, waker.wakes());
                var thrown = assertThrows(ClosedChannelException.class, () -> soon(write));
                assertTrue(String.valueOf(thrown.getMessage()).contains("writing half"), thrown.getMessage());
                soon(pair.server().writeAll(bytes("x")));
                soon(halves.read().readExact(ByteBuffer.allocate(1)));
                halves.read().close();
            }
        });
    }

    @Test
    void reunitedHalvesAreAStreamAgain() throws Exception {
        InRuntime.currentThread(() -> {
            try (var pair = Pair.connected(); var other = Pair.connected()) {
                var original = pair.client();
                var halves = original.split();
                var thrown = assertThrows(IllegalStateException.class, () -> original.tryWrite(bytes("x")));
                assertTrue(thrown.getMessage().contains("split"), thrown.getMessage());
                assertThrows(IllegalStateException.class, original::split);
                original.close();
                var foreign = other.client().split();
                assertThrows(IllegalArgumentException.class, () -> halves.read().reunite(foreign.write()));
                try (TcpStream whole = halves.reunite()) {
                    soon(whole.writeAll(bytes("whole")));
                    var buffer = ByteBuffer.allocate(5);
                    soon(pair.server().readExact(buffer));
                    assertEquals("whole", text(buffer));
                    assertThrows(IllegalStateException.class, halves::reunite);
                    assertThrows(IllegalStateException.class, () -> soon(halves.read().read(buffer.clear())));
                    halves.read().close();
                    halves.write().close();
                    soon(whole.writeAll(bytes("spent halves close nothing")));
                }
                foreign.write().close();
                assertThrows(IllegalStateException.class, foreign::reunite);
                foreign.read().close();
            }
        });
    }
}
