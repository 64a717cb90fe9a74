package dev.edo.impl.net;

import static dev.edo.impl.net.InRuntime.bytes;
import static dev.edo.impl.net.InRuntime.soon;
import static dev.edo.impl.net.InRuntime.text;
import static dev.edo.impl.net.UnixPlace.rest;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.net.UnixListener;
import dev.edo.net.UnixSocket;
import dev.edo.net.UnixSocketAddress;
import java.io.IOException;
import java.net.BindException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnixSocketTest {
    @TempDir
    private Path dir = Path.of("");

    @Test
    @SuppressWarnings("try") // closed early, which is the point
    void clientsWithANameAreKnownToTheListener() throws Exception {
        InRuntime.currentThread(() -> {
            var here = dir.resolve("listener");
            var there = dir.resolve("client");
            var bound = UnixSocket.newStream();
            bound.bind(here);
            try (var listener = bound.listen(1024)) {
                var socket = UnixSocket.newStream();
                assertTrue(socket.localAddress().isUnnamed());
                socket.bind(there);
                assertEquals(there, socket.localAddress().path());
                try (var client = soon(socket.connect(here)); var server = soon(listener.accept())) {
                    assertEquals(there, server.peerAddress().path());
                    assertEquals(there, client.localAddress().path());
                    soon(client.writeAll(bytes("hello")));
                    client.close();
                    assertEquals("hello", rest(server));
                }
            }
        });
    }

    @Test
    void connectAndListenUseASocketUp() throws Exception {
        InRuntime.currentThread(() -> {
            var path = dir.resolve("socket");
            var socket = UnixSocket.newStream();
            socket.bind(path);
            try (var _ = socket.listen(1)) {
                assertThrows(IllegalStateException.class, () -> socket.listen(1));
                var thrown = assertThrows(IllegalStateException.class, () -> socket.connect(path));
                assertTrue(thrown.getMessage().contains("this UnixSocket was used up"), thrown.getMessage());
                socket.close();
            }
            var closed = UnixSocket.newStream();
            closed.close();
            assertThrows(ClosedChannelException.class, () -> closed.bind(path));
            assertThrows(ClosedChannelException.class, closed::localAddress);
        });
    }

    @Test
    void whatCannotBeIsRefusedAndLeavesTheSocketUsable() throws Exception {
        InRuntime.currentThread(() -> {
            var path = dir.resolve("socket");
            try (var _ = UnixListener.bind(path); var socket = UnixSocket.newStream()) {
                assertThrows(IllegalArgumentException.class, () -> socket.listen(0));
                var thrown = assertThrows(SocketException.class, () -> socket.listen(1));
                assertTrue(thrown.getMessage().contains("not bound; call bind()"), thrown.getMessage());
                assertThrows(IllegalArgumentException.class, () -> socket.connect(UnixSocketAddress.unnamed()));
                assertThrows(BindException.class, () -> socket.bind(path));
                var tooLong = Path.of("x".repeat(108));
                var refused = assertThrows(IOException.class, () -> socket.bind(tooLong));
                assertTrue(refused.getMessage().contains("has 108 bytes"), refused.getMessage());
                soon(socket.connect(path)).close();
            }
        });
    }

    @Test
    void datagramsAreSentAndReceivedByPreparedSockets() throws Exception {
        InRuntime.currentThread(() -> {
            var here = dir.resolve("server");
            var there = dir.resolve("client");
            var prepared = UnixSocket.newDatagram();
            prepared.bind(here);
            var other = UnixSocket.newDatagram();
            other.bind(there);
            assertEquals(there, other.localAddress().path());
            try (var server = prepared.datagram(); var client = other.datagram()) {
                client.connect(here);
                soon(client.send(bytes("ECHO")));
                var buffer = ByteBuffer.allocate(16);
                soon(server.sendTo(bytes("ECHO"), soon(server.recvFrom(buffer))));
                assertEquals(4, soon(client.recv(buffer)));
                assertEquals("ECHOECHO", text(buffer));
                var thrown = assertThrows(IllegalStateException.class, other::datagram);
                assertTrue(thrown.getMessage().contains("datagram(), or closed"), thrown.getMessage());
            }
        });
    }

    @Test
    void eachKindOfSocketRefusesWhatIsForTheOther() throws Exception {
        InRuntime.currentThread(() -> {
            var path = dir.resolve("socket");
            try (var datagrams = UnixSocket.newDatagram(); var streams = UnixSocket.newStream()) {
                var thrown = assertThrows(IllegalStateException.class, () -> datagrams.connect(path));
                assertTrue(thrown.getMessage().startsWith("connect() cannot be called"), thrown.getMessage());
                thrown = assertThrows(IllegalStateException.class, () -> datagrams.listen(1024));
                assertTrue(thrown.getMessage().startsWith("listen() cannot be called"), thrown.getMessage());
                thrown = assertThrows(IllegalStateException.class, streams::datagram);
                assertTrue(thrown.getMessage().startsWith("datagram() cannot be called"), thrown.getMessage());
                datagrams.bind(path);
                datagrams.datagram().close();
            }
        });
    }

    /** Who drops the future unpolled has not given the descriptor away. */
    @Test
    void closingTheSocketClosesWhatWasPromisedToAConnect() throws Exception {
        InRuntime.currentThread(() -> {
            var path = dir.resolve("socket");
            try (var listener = UnixListener.bind(path)) {
                var socket = UnixSocket.newStream();
                var connect = socket.connect(path);
                socket.close();
                var thrown = assertThrows(ClosedChannelException.class, () -> soon(connect));
                assertTrue(String.valueOf(thrown.getMessage()).contains("this UnixSocket was closed before"),
                        String.valueOf(thrown.getMessage()));
                assertFalse(listener.accept().poll(new CountingWaker().cx).isReady(), "nobody has connected");
            }
        });
    }

    /** A connect that is given up before it was polled closes the socket that it was given. */
    @Test
    void cancelledConnectClosesTheSocket() throws Exception {
        InRuntime.currentThread(() -> {
            var path = dir.resolve("socket");
            try (var listener = UnixListener.bind(path)) {
                var socket = UnixSocket.newStream();
                var connect = socket.connect(path);
                connect.cancel();
                connect.cancel();
                assertThrows(IllegalStateException.class, () -> connect.poll(new CountingWaker().cx));
                assertThrows(IllegalStateException.class, socket::localAddress);
                assertFalse(listener.accept().poll(new CountingWaker().cx).isReady(), "nobody has connected");
            }
        });
    }
}
