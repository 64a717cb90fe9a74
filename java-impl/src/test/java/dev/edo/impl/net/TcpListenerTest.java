package dev.edo.impl.net;

import static dev.edo.impl.net.InRuntime.soon;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.Edo;
import dev.edo.future.IoFuture;
import dev.edo.future.Poll;
import dev.edo.impl.libc.Errno;
import dev.edo.impl.libc.OpenFileLimit;
import dev.edo.impl.libc.SystemError;
import dev.edo.net.Lookup;
import dev.edo.net.TcpListener;
import dev.edo.net.TcpStream;
import dev.edo.runtime.EdoRuntime;
import dev.edo.task.JoinHandle;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class TcpListenerTest {
    @Test
    void portInUseNamesTheAddress() throws Exception {
        InRuntime.currentThread(() -> {
            try (var listener = TcpListener.bind("127.0.0.1:0").await()) {
                var address = listener.localAddress();
                var thrown = assertThrows(BindException.class, () -> soon(TcpListener.bind(address)));
                assertTrue(thrown.getMessage().contains(address.toString()), thrown.getMessage());
                assertTrue(thrown.getMessage().contains("in use"), thrown.getMessage());
            }
        });
    }

    @Test
    void addressOfAnotherMachineCannotBeBound() throws Exception {
        InRuntime.currentThread(() -> {
            var thrown = assertThrows(BindException.class, () -> soon(TcpListener.bind("192.0.2.1:7000")));
            assertTrue(thrown.getMessage().contains("192.0.2.1:7000"), thrown.getMessage());
        });
    }

    @Test
    void bindTakesTheFirstAddressThatIsFree() throws Exception {
        InRuntime.currentThread(() -> {
            try (var taken = TcpListener.bind("127.0.0.1:0").await();
                    var listener = TcpListener.bind(List.of(
                            taken.localAddress(), new InetSocketAddress("127.0.0.1", 0))).await()) {
                assertFalse(taken.localAddress().equals(listener.localAddress()));
                soon(TcpStream.connect(listener.localAddress())).close();
            }
        });
    }

    /** Text with a number or a name, resolved and unresolved addresses: each binds, and each connects. */
    @Test
    void addressesMayBeGivenInManyWays() throws Exception {
        InRuntime.currentThread(() -> {
            List<Function<Integer, IoFuture<TcpListener>>> binds = List.of(
                    port -> TcpListener.bind("127.0.0.1:" + port),
                    port -> TcpListener.bind("localhost:" + port),
                    port -> TcpListener.bind(new InetSocketAddress("127.0.0.1", port)),
                    port -> TcpListener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)),
                    port -> TcpListener.bind(InetSocketAddress.createUnresolved("localhost", port)));
            List<Function<Integer, IoFuture<TcpStream>>> connects = List.of(
                    port -> TcpStream.connect("127.0.0.1:" + port),
                    port -> TcpStream.connect("localhost:" + port),
                    port -> TcpStream.connect(new InetSocketAddress("127.0.0.1", port)),
                    port -> TcpStream.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)),
                    port -> TcpStream.connect(InetSocketAddress.createUnresolved("localhost", port)));
            for (var bind : binds) {
                try (var listener = soon(bind.apply(0));
                        var client = soon(TcpStream.connect(listener.localAddress()));
                        var server = soon(listener.accept())) {
                    assertTrue(listener.localAddress().getAddress().isLoopbackAddress());
                    assertEquals(client.localAddress(), server.peerAddress());
                }
            }
            try (var listener = soon(TcpListener.bind("127.0.0.1:0"))) {
                for (var connect : connects) {
                    try (var client = soon(connect.apply(listener.localAddress().getPort()));
                            var server = soon(listener.accept())) {
                        assertEquals(client.localAddress(), server.peerAddress());
                        assertEquals(server.localAddress(), client.peerAddress());
                    }
                }
            }
        });
    }

    @Test
    void missingAddressesAreRejectedByName() throws Exception {
        InRuntime.currentThread(() -> {
            var one = assertThrows(NullPointerException.class, () -> TcpListener.bind((InetSocketAddress) null));
            assertEquals("address", one.getMessage());
            var other = assertThrows(NullPointerException.class, () -> TcpStream.connect((InetSocketAddress) null));
            assertEquals("address", other.getMessage());
            var addresses = Arrays.asList(new InetSocketAddress("127.0.0.1", 0), null);
            var listed = assertThrows(NullPointerException.class, () -> TcpListener.bind(addresses));
            assertTrue(listed.getMessage().startsWith("addresses[1]=null;"), listed::toString);
        });
    }

    @Test
    void portCanBeBoundAgainAtOnce() throws Exception {
        InRuntime.currentThread(() -> {
            InetSocketAddress address;
            try (var listener = TcpListener.bind("127.0.0.1:0").await()) {
                address = listener.localAddress();
                var client = soon(TcpStream.connect(address));
                // The listening side closes first, so its end of the connection stays in TIME_WAIT.
                soon(listener.accept()).close();
                assertEquals(-1, soon(client.read(ByteBuffer.allocate(1))));
                client.close();
            }
            soon(TcpListener.bind(address)).close();
        });
    }

    @Test
    void connectionsGoToAllWhoAccept() throws Exception {
        InRuntime.multiThread(() -> {
            int count = 40;
            try (var listener = TcpListener.bind("127.0.0.1:0").await()) {
                var acceptors = new ArrayList<JoinHandle<TcpStream>>();
                for (int i = 0; i < count; i++) {
                    acceptors.add(Edo.spawn(() -> listener.accept().await()));
                }
                var clients = new HashSet<InetSocketAddress>();
                var open = new ArrayList<TcpStream>();
                for (int i = 0; i < count; i++) {
                    var client = soon(TcpStream.connect(listener.localAddress()));
                    clients.add(client.localAddress());
                    open.add(client);
                }
                var accepted = new HashSet<InetSocketAddress>();
                for (var acceptor : acceptors) {
                    var stream = soon(acceptor);
                    accepted.add(stream.peerAddress());
                    open.add(stream);
                }
                assertEquals(clients, accepted);
                open.forEach(TcpStream::close);
            }
        });
    }

    @Test
    void pollAcceptWakesAndAccepts() throws Exception {
        InRuntime.currentThread(() -> {
            try (var listener = TcpListener.bind("127.0.0.1:0").await()) {
                var waker = new CountingWaker();
                assertFalse(listener.pollAccept(waker.cx).isReady());
                try (var client = soon(TcpStream.connect(listener.localAddress()))) {
                    while (waker.wakes() == 0) {
                        soon(Edo.yieldNow());
                    }
                    assertTrue(listener.pollAccept(waker.cx) instanceof Poll.Ready<TcpStream>(var stream)
                            && stream.peerAddress().equals(client.localAddress()));
                    assertFalse(listener.pollAccept(waker.cx).isReady());
                }
            }
        });
    }

    @Test
    void cancelledAcceptLeavesTheConnectionToTheNext() throws Exception {
        InRuntime.currentThread(() -> {
            try (var listener = TcpListener.bind("127.0.0.1:0").await()) {
                var waker = new CountingWaker();
                var accept = listener.accept();
                assertFalse(accept.poll(waker.cx).isReady());
                try (var client = soon(TcpStream.connect(listener.localAddress()))) {
                    accept.cancel();
                    assertThrows(IllegalStateException.class, () -> accept.poll(waker.cx));
                    try (var stream = soon(listener.accept())) {
                        assertEquals(client.localAddress(), stream.peerAddress());
                    }
                }
            }
        });
    }

    @Test
    void closeFailsPendingAccepts() throws Exception {
        InRuntime.currentThread(() -> {
            var listener = TcpListener.bind("127.0.0.1:0").await();
            var waker = new CountingWaker();
            var accept = listener.accept();
            assertFalse(accept.poll(waker.cx).isReady());
            listener.close();
            listener.close();
            assertEquals(1, waker.wakes());
            var thrown = assertThrows(ClosedChannelException.class, () -> accept.poll(waker.cx));
            assertTrue(String.valueOf(thrown.getMessage()).contains("is closed"), thrown.getMessage());
            assertThrows(ClosedChannelException.class, () -> soon(listener.accept()));
            assertThrows(ClosedChannelException.class, listener::localAddress);
        });
    }

    @Test
    void ttlRoundTrips() throws Exception {
        InRuntime.currentThread(() -> {
            try (var listener = TcpListener.bind("127.0.0.1:0").await()) {
                listener.setTtl(17);
                assertEquals(17, listener.ttl());
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
            assertThrows(IOException.class, () -> soon(TcpStream.connect("127.0.0.1:1")));
            try (var listener = TcpListener.bind("127.0.0.1:0").await();
                    var client = soon(TcpStream.connect(listener.localAddress()))) {
                var hoard = new ArrayList<NativeSocket>();
                SocketException thrown;
                try {
                    assertTrue(OpenFileLimit.setSoft(highestDescriptor() + 32));
                    thrown = assertThrows(SocketException.class, () -> {
                        while (true) {
                            hoard.add(NativeSocket.stream(false));
                        }
                    });
                    assertTrue(thrown.getMessage().contains("RLIMIT_NOFILE"), thrown.getMessage());
                    thrown = assertThrows(SocketException.class, () -> listener.accept().await());
                    hoard.removeLast().close();
                    // There will be no new event for the connection that is still queued.
                    soon(listener.accept()).close();
                } finally {
                    OpenFileLimit.setSoft(limit);
                    hoard.forEach(NativeSocket::close);
                }
                assertTrue(thrown.getMessage().startsWith("accept on " + listener.localAddress()),
                        thrown.getMessage());
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
        var bind = TcpListener.bind("127.0.0.1:0");
        assertThrows(IllegalStateException.class, () -> bind.poll(new CountingWaker().cx));
        try (var runtime = EdoRuntime.builder().currentThread().enableTime().build()) {
            var thrown = assertThrows(IllegalStateException.class,
                    () -> runtime.blockOn(() -> TcpListener.bind("127.0.0.1:0").await()));
            assertTrue(thrown.getMessage().contains("enableIo"), thrown.getMessage());
            thrown = assertThrows(IllegalStateException.class,
                    () -> runtime.blockOn(() -> TcpStream.connect("127.0.0.1:1").await()));
            assertTrue(thrown.getMessage().contains("enableIo"), thrown.getMessage());
        }
    }

    @Test
    void useAfterTheRuntimeHasGoneFailsClearly() throws Exception {
        var streams = new TcpStream[2];
        try (var runtime = EdoRuntime.builder().currentThread().enableAll().build()) {
            runtime.blockOn(() -> {
                var pair = InRuntime.Pair.connected();
                streams[0] = pair.client();
                streams[1] = pair.server();
            });
        }
        var thrown = assertThrows(IOException.class,
                () -> streams[0].read(ByteBuffer.allocate(1)).poll(new CountingWaker().cx));
        assertTrue(thrown.getMessage().contains("shut down"), thrown.getMessage());
        streams[0].close();
        streams[1].close();
    }

    @Test
    void lookupFindsLiteralsAndNames() throws Exception {
        InRuntime.currentThread(() -> {
            assertEquals(List.of(new InetSocketAddress("127.0.0.1", 80)), soon(Lookup.host("127.0.0.1:80")));
            assertEquals(List.of(new InetSocketAddress("::1", 8000)), soon(Lookup.host("[::1]:8000")));
            var local = soon(Lookup.host("localhost:3000"));
            assertFalse(local.isEmpty());
            for (var address : local) {
                assertTrue(address.getAddress().isLoopbackAddress(), address.toString());
                assertEquals(3000, address.getPort());
            }
        });
    }

    @Test
    void cancelledLookupIsOver() throws Exception {
        try (var runtime = EdoRuntime.builder().currentThread().enableAll().maxBlockingThreads(1).build()) {
            runtime.blockOn(() -> {
                // The only thread that could look anything up is busy until the look-up was cancelled.
                var busy = new CountDownLatch(1);
                var blocker = Edo.spawnBlocking(() -> busy.await());
                var lookup = Lookup.host("localhost:80");
                var waker = new CountingWaker();
                assertFalse(lookup.poll(waker.cx).isReady());
                lookup.cancel();
                lookup.cancel();
                busy.countDown();
                soon(blocker);
                assertThrows(IllegalStateException.class, () -> lookup.poll(waker.cx));
                assertFalse(soon(Lookup.host("localhost:80")).isEmpty());
            });
        }
    }
}
