package dev.edo.impl.net;

import static dev.edo.impl.net.InRuntime.bytes;
import static dev.edo.impl.net.InRuntime.soon;
import static dev.edo.impl.net.InRuntime.text;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edo.impl.libc.SystemError;
import dev.edo.impl.libc.UnixCalls;
import dev.edo.impl.runtime.RuntimeHandle;
import dev.edo.io.Interest;
import dev.edo.io.IoResult;
import dev.edo.net.UnixDatagram;
import dev.edo.net.UnixSocketAddress;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class UnixRoomTest {
    @TempDir
    private Path dir = Path.of("");

    /** A sender to whom room comes just before it looks why there was none. */
    private static final class LateLook extends NativeDatagramSocket<UnixSocketAddress> {
        private final UnixDatagram receiver;
        private int looks;

        private LateLook(int fd, UnixDatagram receiver) {
            super(fd);
            this.receiver = receiver;
        }

        static LateLook at(UnixDatagram receiver) throws IOException {
            return NewSocket.unix(true, fd -> new LateLook(fd, receiver));
        }

        @Override
        boolean isFull(@Nullable UnixSocketAddress target) {
            looks++;
            try {
                assertEquals(5, receiver.tryRecv(ByteBuffer.allocate(10)));
                while (receiver.tryRecv(ByteBuffer.allocate(10)) != UnixDatagram.WOULD_BLOCK) {}
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            return !UnixCalls.isWritable(intValue());
        }

        @Override
        int name(UnixSocketAddress target, Scratch scratch) throws IOException {
            byte[] encoded = UnixAddresses.encode(target);
            MemorySegment.copy(encoded, 0, scratch.name, ValueLayout.JAVA_BYTE, 0, encoded.length);
            return encoded.length;
        }

        @Override
        UnixSocketAddress sender(Scratch scratch) {
            return UnixSocketAddress.unnamed();
        }

        @Override
        boolean exceedsScratch() {
            return true;
        }

        @Override
        IOException failure(String what, int errno) {
            return SystemError.ofUnixDatagram(what, errno);
        }
    }

    /**
     * A receiver that is connected to the sender is never full for it, so what had no room was the sender's own
     * socket. The room comes before the sender looks which of the two it was: it must try again, not wait at the
     * receiver, which nobody else may connect to.
     */
    @Test
    void roomThatComesEarlyIsNotLookedForAtAReceiverThatIsConnected() throws Exception {
        InRuntime.currentThread(() -> {
            var senders = UnixSocketAddress.of(dir.resolve("sender"));
            var receivers = UnixSocketAddress.of(dir.resolve("receiver"));
            try (var receiver = UnixDatagram.bind(receivers)) {
                var driver = RuntimeHandle.current().io();
                var socket = LateLook.at(receiver);
                UnixNames.bind(socket, senders);
                var io = EventedDatagrams.register(socket, driver);
                try {
                    receiver.connect(senders);
                    soon(new SocketAbleFuture(io.evented(), Interest.WRITABLE));
                    while (socket.sendDatagram(bytes("other"), receivers) != IoResult.WOULD_BLOCK) {}
                    soon(receiver.readable());
                    assertEquals(4, soon(new UnixSendToFuture(io, driver, bytes("mine"), receivers)));
                    assertEquals(1, socket.looks);
                    var buffer = ByteBuffer.allocate(10);
                    soon(receiver.recv(buffer));
                    assertEquals("mine", text(buffer));
                } finally {
                    io.evented().close();
                }
            }
        });
    }
}
