package dev.edo.impl.net;

import static dev.edo.impl.net.InRuntime.soon;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.Edo;
import dev.edo.future.Poll;
import dev.edo.impl.contract.Eventually;
import dev.edo.impl.contract.Setup;
import dev.edo.impl.libc.Errno;
import dev.edo.impl.libc.OpenFileLimit;
import dev.edo.impl.libc.SystemError;
import dev.edo.net.UnixListener;
import dev.edo.net.UnixSocket;
import dev.edo.net.UnixSocketAddress;
import dev.edo.net.UnixStream;
import dev.edo.runtime.EdoRuntime;
import dev.edo.runtime.RuntimeShutdownException;
import dev.edo.task.JoinHandle;
import java.io.IOException;
import java.net.BindException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UnixListenerTest {
    @TempDir
    private Path dir = Path.of("");

    private Path path() {
        return dir.resolve("socket");
    }

    /** Netty's own bind would delete the file. */
    @Test
    void fileThatIsInTheWayStays() throws Exception {
        var path = Files.writeString(path(), "precious");
        InRuntime.currentThread(() -> {
            var thrown = assertThrows(BindException.class, () -> UnixListener.bind(path));
            assertTrue(thrown.getMessage().startsWith("bind " + path + " failed"), thrown.getMessage());
            assertTrue(thrown.getMessage().contains("in use"), thrown.getMessage());
        });
        assertEquals("precious", Files.readString(path));
    }

    @Test
    void pathStaysAfterCloseAndIsFreeWhenItIsDeleted() throws Exception {
        InRuntime.currentThread(() -> {
            var listener = UnixListener.bind(path());
            assertEquals(UnixSocketAddress.of(path()), listener.localAddress());
            listener.close();
            assertTrue(Files.exists(path()));
            assertThrows(BindException.class, () -> UnixListener.bind(path()));
            Files.delete(path());
            UnixListener.bind(path()).close();
        });
    }

    @Test
    void directoryThatIsMissingIsNamed() throws Exception {
        InRuntime.currentThread(() -> {
            var path = dir.resolve("missing").resolve("socket");
            var thrown = assertThrows(SocketException.class, () -> UnixListener.bind(path));
            assertTrue(thrown.getMessage().startsWith("bind " + path + " failed"), thrown.getMessage());
        });
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void systemChoosesANameForWhoGivesNone() throws Exception {
        InRuntime.currentThread(() -> {
            try (var listener = UnixListener.bind(UnixSocketAddress.unnamed())) {
                assertNotNull(listener.localAddress().abstractName());
                soon(UnixStream.connect(listener.localAddress())).close();
                soon(listener.accept()).close();
            }
        });
    }

    @ParameterizedTest
    @EnumSource(Setup.class)
    void connectionsGoToAllWhoAccept(Setup setup) throws Exception {
        UnixPlace.in(setup, () -> {
            int count = 40;
            try (var listener = UnixListener.bind(path())) {
                var acceptors = new ArrayList<JoinHandle<UnixStream>>();
                for (int i = 0; i < count; i++) {
                    acceptors.add(Edo.spawn(() -> listener.accept().await()));
                }
                var open = new ArrayList<UnixStream>();
                for (int i = 0; i < count; i++) {
                    open.add(soon(UnixStream.connect(path())));
                }
                for (var acceptor : acceptors) {
                    open.add(soon(acceptor));
                }
                open.forEach(UnixStream::close);
                assertNull(listener.takeError());
            }
        });
    }

    @Test
    void streamOfConnectionsGoesOn() throws Exception {
        InRuntime.currentThread(() -> {
            try (var listener = UnixListener.bind(path())) {
                var connections = listener.incoming();
                for (byte i = 0; i < 3; i++) {
                    try (var client = soon(UnixStream.connect(path())); var server = soon(connections.next())) {
                        soon(client.writeAll(ByteBuffer.wrap(new byte[] {i})));
                        var buffer = ByteBuffer.allocate(1);
                        soon(server.readExact(buffer));
                        assertArrayEquals(new byte[] {i}, buffer.array());
                    }
                }
                connections.cancel();
                assertFalse(listener.accept().poll(new CountingWaker().cx).isReady(), "the listener is open");
            }
        });
    }

    @Test
    void pollAcceptWakesAndAccepts() throws Exception {
        InRuntime.currentThread(() -> {
            try (var listener = UnixListener.bind(path())) {
                var waker = new CountingWaker();
                assertFalse(listener.pollAccept(waker.cx).isReady());
                try (var _ = soon(UnixStream.connect(path()))) {
                    while (waker.wakes() == 0) {
                        soon(Edo.yieldNow());
                    }
                    assertTrue(listener.pollAccept(waker.cx) instanceof Poll.Ready<UnixStream>(var stream)
                            && stream.localAddress().equals(listener.localAddress()));
                    assertFalse(listener.pollAccept(waker.cx).isReady());
                }
            }
        });
    }

    @Test
    void closeFailsPendingAccepts() throws Exception {
        InRuntime.currentThread(() -> {
            var listener = UnixListener.bind(path());
            var waker = new CountingWaker();
            var accept = listener.accept();
            assertFalse(accept.poll(waker.cx).isReady());
            listener.close();
            listener.close();
            assertEquals(1, waker.wakes());
            var thrown = assertThrows(ClosedChannelException.class, () -> accept.poll(waker.cx));
            assertTrue(String.valueOf(thrown.getMessage()).contains("at " + path()), thrown.getMessage());
            assertThrows(ClosedChannelException.class, () -> soon(listener.accept()));
            assertThrows(ClosedChannelException.class, listener::localAddress);
            assertEquals("UnixListener[" + path() + ", closed]", listener.toString());
        });
    }

    /** Linux does not let a client wait for room in the backlog. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void fullBacklogRefusesAndSaysSo() throws Exception {
        InRuntime.currentThread(() -> {
            var socket = UnixSocket.newStream();
            socket.bind(path());
            try (var listener = socket.listen(1)) {
                var clients = new ArrayList<UnixStream>();
                var thrown = assertThrows(SocketException.class, () -> {
                    while (clients.size() < 100) {
                        clients.add(soon(UnixStream.connect(path())));
                    }
                });
                assertTrue(thrown.getMessage().contains("backlog there is full"), thrown.getMessage());
                soon(listener.accept()).close();
                soon(UnixStream.connect(path())).close();
                clients.forEach(UnixStream::close);
            }
        });
    }

    /**
     * The limit is that of the whole JVM, so it is lowered for as short as can be, and everything
     * loaded before.
     */
    @Test
    @EnabledOnOs(OS.LINUX)
    void acceptSurvivesRunningOutOfDescriptors() throws Exception {
        InRuntime.currentThread(() -> {
            long limit = OpenFileLimit.soft();
            SystemError.ofSocket("warm-up", Errno.MFILE);
            assertThrows(IOException.class, () -> soon(UnixStream.connect(path())));
            UnixStream.pair().close();
            try (var listener = UnixListener.bind(path()); var client = soon(UnixStream.connect(path()))) {
                var hoard = new ArrayList<NativeSocket>();
                SocketException thrown;
                try {
                    assertTrue(OpenFileLimit.setSoft(highestDescriptor() + 32));
                    thrown = assertThrows(SocketException.class, () -> {
                        while (true) {
                            hoard.add(UnixNativeSocket.stream());
                        }
                    });
                    assertTrue(thrown.getMessage().contains("RLIMIT_NOFILE"), thrown.getMessage());
                    thrown = assertThrows(SocketException.class, UnixStream::pair);
                    assertTrue(thrown.getMessage().contains("RLIMIT_NOFILE"), thrown.getMessage());
                    thrown = assertThrows(SocketException.class, () -> listener.accept().await());
                    hoard.removeLast().close();
                    // There will be no new event for the connection that is still queued.
                    soon(listener.accept()).close();
                } finally {
                    OpenFileLimit.setSoft(limit);
                    hoard.forEach(NativeSocket::close);
                }
                assertTrue(thrown.getMessage().startsWith("accept on " + path()), thrown.getMessage());
                assertTrue(thrown.getMessage().contains("RLIMIT_NOFILE soft="), thrown.getMessage());
                assertEquals(-1, soon(client.read(ByteBuffer.allocate(1))));
            }
        });
    }

    private static long highestDescriptor() throws IOException {
        try (var descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors.mapToLong(path -> Long.parseLong(path.getFileName().toString()))
                    .max().orElseThrow();
        }
    }

    @Test
    void socketsNeedARuntimeWithIo() throws Exception {
        assertThrows(IllegalStateException.class, () -> UnixListener.bind(path()));
        assertThrows(IllegalStateException.class, UnixStream::pair);
        try (var runtime = EdoRuntime.builder().currentThread().enableTime().build()) {
            var thrown = assertThrows(IllegalStateException.class,
                    () -> runtime.blockOn(() -> UnixListener.bind(path())));
            assertTrue(thrown.getMessage().contains("enableIo"), thrown.getMessage());
            thrown = assertThrows(IllegalStateException.class,
                    () -> runtime.blockOn(() -> UnixStream.connect(path()).await()));
            assertTrue(thrown.getMessage().contains("enableIo"), thrown.getMessage());
        }
        assertFalse(Files.exists(path()), "nothing was bound");
    }

    @ParameterizedTest
    @EnumSource(Setup.class)
    void bindAfterTheEndOfTheRuntimeFails(Setup setup) throws Exception {
        var running = setup.start();
        try (var _ = running.handle().enter()) {
            running.close();
            assertThrows(RuntimeShutdownException.class, () -> UnixListener.bind(path()));
        }
    }

    /** The socket belongs to one runtime, who accepts to another one; one accept waits when the first one ends. */
    @ParameterizedTest
    @EnumSource(Setup.class)
    @SuppressWarnings("try") // closed early, which is the point
    void acceptFailsWhenTheRuntimeOfTheListenerEnds(Setup setup) throws Exception {
        var waker = new CountingWaker();
        UnixListener listener;
        try (var other = setup.start()) {
            try (var running = setup.start()) {
                try (var _ = running.handle().enter()) {
                    listener = UnixListener.bind(path());
                }
                var pending = listener.accept();
                assertFalse(pending.poll(waker.cx).isReady());
                running.close();
                assertEquals(1, waker.wakes());
                assertThrows(RuntimeShutdownException.class, () -> pending.poll(waker.cx));
            }
            var accept = other.handle().spawn(listener.accept());
            var error = assertThrows(Exception.class, () -> Eventually.returns("accept", accept::await));
            assertInstanceOf(RuntimeShutdownException.class, error.getCause());
            listener.close();
        }
    }
}
