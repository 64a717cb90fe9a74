package dev.edo.impl.io;

import static dev.edo.impl.io.InSetup.soon;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.impl.contract.Setup;
import dev.edo.io.AsyncFd;
import dev.edo.io.Interest;
import dev.edo.io.Ready;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Readiness that is nothing but an error: what the kernel puts into the error queue of a datagram socket. */
@EnabledOnOs(OS.LINUX)
class AsyncFdErrorQueueTest {
    private static final int SOL_IP = 0;
    private static final int SOL_SOCKET = 1;
    private static final int IP_RECVERR = 11;
    private static final int SO_TIMESTAMPING = 37;

    /** Of software, when a packet is handed to the device. */
    private static final int SENT_TIMESTAMPS = 1 << 1 | 1 << 4;

    @BeforeAll
    static void loadSockets() {
        Epoll.ensureAvailability();
    }

    /** A datagram socket on the loopback interface, not blocking. */
    private record Datagrams(Socket socket) implements AutoCloseable {
        static Datagrams open() throws IOException {
            var socket = Socket.newSocketDgram();
            socket.bind(new InetSocketAddress("127.0.0.1", 0));
            return new Datagrams(socket);
        }

        int port() {
            return Objects.requireNonNull(socket.localAddress()).getPort();
        }

        void sendTo(int port) throws IOException {
            assertEquals(1, socket.sendTo(ByteBuffer.allocateDirect(1), 0, 1, InetAddress.getLoopbackAddress(), port));
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    /** What makes the kernel queue an error. */
    private interface Cause {
        void happen() throws IOException;
    }

    private static void showsAsAnError(Datagrams sender, Cause cause) throws Exception {
        try (var fd = AsyncFd.open(sender.socket.intValue())) {
            for (int round = 0; round < 2; round++) {
                var error = fd.ready(Interest.ERROR);
                assertFalse(error.poll(new CountingWaker().cx).isReady());
                cause.happen();
                var ready = soon(error);
                assertEquals(Ready.ERROR, ready.ready());
                ready.clearReady();
            }
            cause.happen();
        }
        // Who comes when the error is there already finds it.
        try (var later = AsyncFd.open(sender.socket.intValue(), Interest.ERROR)) {
            assertEquals(Ready.ERROR, soon(later.ready(Interest.ERROR)).ready());
        }
    }

    @ParameterizedTest
    @EnumSource(Setup.class)
    void timestampOfAPacketThatWasSentIsAnError(Setup setup) throws Exception {
        InSetup.run(setup, () -> {
            try (var receiver = Datagrams.open(); var sender = Datagrams.open()) {
                sender.socket.setIntOpt(SOL_SOCKET, SO_TIMESTAMPING, SENT_TIMESTAMPS);
                showsAsAnError(sender, () -> sender.sendTo(receiver.port()));
            }
        });
    }

    @ParameterizedTest
    @EnumSource(Setup.class)
    void portWhereNobodyListensIsAnError(Setup setup) throws Exception {
        InSetup.run(setup, () -> {
            int nobody;
            try (var gone = Datagrams.open()) {
                nobody = gone.port();
            }
            try (var sender = Datagrams.open()) {
                sender.socket.setIntOpt(SOL_IP, IP_RECVERR, 1);
                showsAsAnError(sender, () -> {
                    // The socket's own error would fail the next send; that in the queue stays.
                    assertTrue(sender.socket.getSoError() >= 0);
                    sender.sendTo(nobody);
                });
            }
        });
    }
}
