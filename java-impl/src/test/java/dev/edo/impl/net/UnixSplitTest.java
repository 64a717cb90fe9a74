package dev.edo.impl.net;

import static dev.edo.impl.net.InRuntime.bytes;
import static dev.edo.impl.net.InRuntime.soon;
import static dev.edo.impl.net.InRuntime.text;
import static dev.edo.impl.net.UnixPlace.fill;
import static dev.edo.impl.net.UnixPlace.rest;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.Edo;
import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.impl.contract.Setup;
import dev.edo.io.Interest;
import dev.edo.net.UnixHalves;
import dev.edo.net.UnixStream;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UnixSplitTest {
    @ParameterizedTest
    @EnumSource(Setup.class)
    void halvesOfBothEndsServeFourTasks(Setup setup) throws Exception {
        UnixPlace.in(setup, () -> {
            try (var pair = UnixStream.pair()) {
                var a = pair.first().split();
                var b = pair.second().split();
                int bytes = 1_000_000;
                var sendA = Edo.spawn(() -> sendAll(a, bytes, (byte) 'A'));
                var sendB = Edo.spawn(() -> sendAll(b, bytes, (byte) 'B'));
                var receiveA = Edo.spawn(() -> receiveAll(a, (byte) 'B'));
                var receiveB = Edo.spawn(() -> receiveAll(b, (byte) 'A'));
                soon(sendA);
                soon(sendB);
                assertEquals(bytes, soon(receiveA));
                assertEquals(bytes, soon(receiveB));
                a.read().close();
                b.read().close();
            }
        });
    }

    private static void sendAll(UnixHalves halves, int bytes, byte what) throws Exception {
        var block = new byte[bytes];
        Arrays.fill(block, what);
        try (var out = halves.write()) {
            out.writeAll(ByteBuffer.wrap(block)).await();
        }
    }

    private static int receiveAll(UnixHalves halves, byte what) throws Exception {
        var buffer = ByteBuffer.allocateDirect(8192);
        int total = 0;
        int n = halves.read().read(buffer).await();
        while (n >= 0) {
            total += n;
            for (int i = 0; i < n; i++) {
                assertEquals(what, buffer.get(i));
            }
            n = halves.read().read(buffer.clear()).await();
        }
        return total;
    }

    @Test
    void closingTheWritingHalfEndsTheStreamForTheOtherSideOnly() throws Exception {
        InRuntime.currentThread(() -> {
            try (var pair = UnixStream.pair()) {
                var halves = pair.first().split();
                soon(halves.write().writeAll(bytes("bye")));
                halves.write().close();
                halves.write().close();
                assertEquals("bye", rest(pair.second()));
                soon(pair.second().writeAll(bytes("yes?")));
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

    /** A Unix socket tells the other end when reading is shut down, which then fails to write. */
    @Test
    void otherSideDoesNotNoticeThatTheReadingHalfIsClosed() throws Exception {
        InRuntime.currentThread(() -> {
            try (var pair = UnixStream.pair()) {
                var halves = pair.first().split();
                halves.read().close();
                soon(pair.second().writeAll(bytes("to nobody")));
                assertFalse(soon(pair.second().ready(Interest.WRITABLE)).isWriteClosed());
                soon(halves.write().writeAll(bytes("still open")));
                var got = ByteBuffer.allocate(10);
                soon(pair.second().readExact(got));
                assertEquals("still open", text(got));
                halves.write().close();
            }
        });
    }

    @Test
    void connectionEndsWhenBothHalvesAreClosedInEitherOrder() throws Exception {
        InRuntime.currentThread(() -> {
            for (int order = 0; order < 2; order++) {
                try (var pair = UnixStream.pair()) {
                    var halves = pair.first().split();
                    if (order == 0) {
                        halves.read().close();
                        halves.write().close();
                    } else {
                        halves.write().close();
                        halves.read().close();
                    }
                    assertEquals("", rest(pair.second()));
                    assertThrows(SocketException.class, () -> soon(pair.second().write(bytes("x"))));
                }
            }
        });
    }

    /** No event of the kernel comes of it: a full stream stays full, an empty one empty. */
    @Test
    void closingAHalfWakesWhoWaitsInItWhileTheOtherOneGoesOn() throws Exception {
        InRuntime.currentThread(() -> {
            for (var closed : List.of("reading", "writing", "forgotten")) {
                try (var pair = UnixStream.pair()) {
                    int filled = fill(pair.first());
                    var halves = pair.first().split();
                    boolean reading = closed.equals("reading");
                    var io = new CountingWaker();
                    var able = new CountingWaker();
                    var ready = new CountingWaker();
                    Future<?> transfer = reading
                            ? halves.read().read(ByteBuffer.allocate(1)) : halves.write().write(bytes("x"));
                    Future<?> wait = reading ? halves.read().readable() : halves.write().writable();
                    Future<?> event = reading ? halves.read().ready(Interest.READABLE)
                            : halves.write().ready(Interest.WRITABLE);
                    assertFalse(transfer.poll(io.cx).isReady());
                    assertFalse(wait.poll(able.cx).isReady());
                    assertFalse(event.poll(ready.cx).isReady());
                    switch (closed) {
                        case "reading" -> halves.read().close();
                        case "writing" -> halves.write().close();
                        default -> halves.write().forget();
                    }
                    assertEquals(1, io.wakes());
                    assertEquals(1, able.wakes());
                    assertEquals(1, ready.wakes());
                    var thrown = assertThrows(ClosedChannelException.class, () -> transfer.poll(io.cx));
                    assertTrue(String.valueOf(thrown.getMessage()).contains(reading ? "reading half" : "writing half"),
                            thrown.getMessage());
                    assertTrue(wait.poll(able.cx).isReady(), "worth a try, which fails");
                    assertTrue(event.poll(ready.cx).isReady());
                    if (reading) {
                        soon(pair.second().readExact(ByteBuffer.allocate(filled)));
                        soon(halves.write().write(bytes("x")));
                        halves.write().close();
                    } else {
                        soon(pair.second().writeAll(bytes("x")));
                        soon(halves.read().readExact(ByteBuffer.allocate(1)));
                        halves.read().close();
                    }
                }
            }
        });
    }

    /** Who begins to wait when the half is closed already has missed the wake-up. */
    @Test
    void waitingInAClosedHalfFails() throws Exception {
        InRuntime.currentThread(() -> {
            try (var pair = UnixStream.pair()) {
                fill(pair.first());
                var halves = pair.first().split();
                halves.write().forget();
                var thrown = assertThrows(ClosedChannelException.class, () -> soon(halves.write().writable()));
                assertTrue(String.valueOf(thrown.getMessage()).contains("writing half"), thrown.getMessage());
                assertThrows(ClosedChannelException.class, () -> soon(halves.write().ready(Interest.WRITABLE)));
                halves.read().close();
            }
            try (var pair = UnixStream.pair()) {
                var halves = pair.first().split();
                halves.read().close();
                List<Executable> uses = List.of(
                        () -> soon(halves.read().readable()),
                        () -> soon(halves.read().ready(Interest.READABLE)),
                        () -> soon(halves.read().read(ByteBuffer.allocate(1))),
                        () -> halves.read().tryRead(ByteBuffer.allocate(1)));
                for (var use : uses) {
                    thrown(use);
                }
                halves.write().close();
            }
        });
    }

    private static void thrown(Executable use) {
        var thrown = assertThrows(ClosedChannelException.class, use);
        assertTrue(String.valueOf(thrown.getMessage()).contains("reading half"), thrown.getMessage());
    }

    /**
     * The half is closed when a poll has found no readiness, and has not stored its waker: so the close wakes nobody,
     * and the poll must find the half closed.
     */
    @Test
    void closingAHalfJustBeforeTheWakerIsStoredFailsThePoll() throws Exception {
        InRuntime.currentThread(() -> {
            List<Function<UnixHalves, Future<?>>> waits = List.of(
                    halves -> halves.read().read(ByteBuffer.allocate(1)),
                    halves -> halves.read().readable(),
                    halves -> halves.read().ready(Interest.READABLE),
                    halves -> halves.write().write(bytes("x")),
                    halves -> halves.write().writable(),
                    halves -> halves.write().ready(Interest.WRITABLE));
            for (int i = 0; i < waits.size(); i++) {
                boolean reading = i < 3;
                try (var pair = UnixStream.pair()) {
                    fill(pair.first());
                    var halves = pair.first().split();
                    var wait = waits.get(i).apply(halves);
                    Context closing = () -> {
                        if (reading) {
                            halves.read().close();
                        } else {
                            halves.write().forget();
                        }
                        return new CountingWaker();
                    };
                    assertThrows(ClosedChannelException.class, () -> wait.poll(closing), "wait=" + i);
                    halves.read().close();
                    halves.write().close();
                }
            }
        });
    }

    @Test
    void reunitedHalvesAreAStreamAgain() throws Exception {
        InRuntime.currentThread(() -> {
            try (var pair = UnixStream.pair(); var other = UnixStream.pair()) {
                var original = pair.first();
                var halves = original.split();
                var thrown = assertThrows(IllegalStateException.class, () -> original.tryWrite(bytes("x")));
                assertTrue(thrown.getMessage().contains("split"), thrown.getMessage());
                original.close();
                var foreign = other.first().split();
                assertThrows(IllegalArgumentException.class, () -> halves.read().reunite(foreign.write()));
                try (UnixStream whole = halves.reunite()) {
                    soon(whole.writeAll(bytes("whole")));
                    assertThrows(IllegalStateException.class, halves::reunite);
                    assertThrows(IllegalStateException.class,
                            () -> soon(halves.read().read(ByteBuffer.allocate(1))));
                    halves.read().close();
                    halves.write().close();
                    soon(whole.writeAll(bytes(" still")));
                }
                assertEquals("whole still", rest(pair.second()));
                foreign.write().close();
                assertThrows(IllegalStateException.class, foreign::reunite);
                foreign.read().close();
            }
        });
    }
}
