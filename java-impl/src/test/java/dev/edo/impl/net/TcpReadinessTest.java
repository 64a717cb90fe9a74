package dev.edo.impl.net;

import static dev.edo.impl.net.InRuntime.bytes;
import static dev.edo.impl.net.InRuntime.fill;
import static dev.edo.impl.net.InRuntime.soon;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.Edo;
import dev.edo.impl.net.InRuntime.Pair;
import dev.edo.io.Interest;
import dev.edo.net.TcpStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When reading and writing is worth a try. */
class TcpReadinessTest {
    /** A socket is full: no try is worth it before the other side has read; and what was sent arrives. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void triesMoveBytesAsLongAsTheSocketIsReady(boolean vectored) throws Exception {
        InRuntime.currentThread(() -> {
            try (var pair = Pair.connected()) {
                var waker = new CountingWaker();
                var readable = pair.server().readable();
                assertFalse(readable.poll(waker.cx).isReady());
                var sent = new CRC32();
                long written = 0;
                boolean full = false;
                while (true) {
                    // A short write says that there is no more room, as a try that would block does.
                    assertEquals(!full, pair.client().writable().poll(waker.cx).isReady());
                    var block = new byte[4000];
                    Arrays.fill(block, (byte) written);
                    var parts = new ByteBuffer[] {
                        ByteBuffer.wrap(block, 0, 10), ByteBuffer.wrap(block, 10, 3990)};
                    int n = vectored ? pair.client().tryWrite(parts) : pair.client().tryWrite(ByteBuffer.wrap(block));
                    if (n == TcpStream.WOULD_BLOCK) {
                        break;
                    }
                    assertFalse(full, "written although not ready");
                    full = n < block.length;
                    sent.update(block, 0, n);
                    written += n;
                }
                var writable = pair.client().ready(Interest.WRITABLE);
                assertFalse(writable.poll(waker.cx).isReady());
                soon(readable);
                var received = new CRC32();
                long read = 0;
                while (read < written) {
                    assertFalse(soon(pair.server().ready(Interest.READABLE)).isReadClosed());
                    var block = ByteBuffer.allocate(70_000);
                    var parts = new ByteBuffer[] {block.slice(0, 10), block.slice(10, 69_990)};
                    int n = vectored ? pair.server().tryRead(parts) : pair.server().tryRead(block);
                    if (n != TcpStream.WOULD_BLOCK) {
                        received.update(block.array(), 0, n);
                        read += n;
                    }
                }
                assertEquals(sent.getValue(), received.getValue());
                assertFalse(soon(writable).isWriteClosed());
                pair.client().close();
                while (!soon(pair.server().ready(Interest.READABLE)).isReadClosed()) {
                    soon(Edo.yieldNow());
                }
            }
        });
    }

    @Test
    void readinessStaysUntilATryFindsNothing() throws Exception {
        InRuntime.currentThread(() -> {
            try (var pair = Pair.connected()) {
                var waker = new CountingWaker();
                assertFalse(pair.server().readable().poll(waker.cx).isReady());
                soon(pair.client().writeAll(bytes("ping")));
                soon(pair.server().readable());
                soon(pair.server().readExact(ByteBuffer.allocate(4)));
                assertTrue(pair.server().readable().poll(waker.cx).isReady(), "a full buffer says nothing");
                assertEquals(TcpStream.WOULD_BLOCK, pair.server().tryRead(ByteBuffer.allocate(4)));
                assertFalse(pair.server().readable().poll(waker.cx).isReady());
                assertTrue(pair.client().writable().poll(waker.cx).isReady());
                fill(pair.client());
                assertFalse(pair.client().writable().poll(waker.cx).isReady());
                pair.server().setZeroLinger();
                pair.server().close();
                soon(pair.client().writable());
                soon(pair.client().readable());
            }
        });
    }

    @Test
    void readinessIsPolledByHand() throws Exception {
        InRuntime.currentThread(() -> {
            try (var pair = Pair.connected()) {
                var waker = new CountingWaker();
                assertFalse(pair.server().pollReadReady(waker.cx));
                soon(pair.client().writeAll(bytes("ping")));
                while (waker.wakes() == 0) {
                    soon(Edo.yieldNow());
                }
                assertTrue(pair.server().pollReadReady(waker.cx));
                soon(pair.server().readExact(ByteBuffer.allocate(4)));
                assertEquals(TcpStream.WOULD_BLOCK, pair.server().tryRead(ByteBuffer.allocate(4)));
                assertFalse(pair.server().pollReadReady(waker.cx));
                assertTrue(pair.client().pollWriteReady(waker.cx));
                fill(pair.client());
                assertFalse(pair.client().pollWriteReady(waker.cx));
                pair.client().close();
                assertThrows(ClosedChannelException.class, () -> pair.client().pollReadReady(waker.cx));
                assertThrows(ClosedChannelException.class, () -> pair.client().pollWriteReady(waker.cx));
            }
        });
    }
}
