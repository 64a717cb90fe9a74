package dev.edo.impl.net;

import static dev.edo.impl.io.InSetup.soon;
import static dev.edo.impl.net.InRuntime.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.Edo;
import dev.edo.future.Future;
import dev.edo.impl.contract.Eventually;
import dev.edo.impl.contract.Setup;
import dev.edo.impl.io.InSetup;
import dev.edo.io.Interest;
import dev.edo.net.UdpSocket;
import dev.edo.runtime.EdoRuntime;
import dev.edo.runtime.RuntimeShutdownException;
import dev.edo.sync.Oneshot;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What goes wrong with datagrams is told once, by the right exception, to whoever has to know. */
class UdpErrorTest {
    private static UdpSocket bound() throws Exception {
        return soon(UdpSocket.bind("127.0.0.1:0"));
    }

    /** A receiver waits and is woken by the ICMP message that the datagram to nobody is answered with. */
    @ParameterizedTest
    @EnumSource(Setup.class)
    void nobodyThereIsToldOnceToWhoReceives(Setup setup) throws Exception {
        InSetup.run(setup, () -> {
            try (var socket = bound()) {
                soon(socket.connect(UdpDatagramTest.unused()));
                var receive = Edo.spawn(() -> socket.recv(ByteBuffer.allocate(8)).await());
                soon(socket.send(bytes("hello")));
                var thrown = assertThrows(Exception.class, () -> soon(receive));
                var unreachable = assertInstanceOf(PortUnreachableException.class, thrown.getCause());
                assertTrue(unreachable.getMessage().contains(socket.peerAddress().toString()),
                        unreachable.getMessage());
                var waker = new CountingWaker();
                assertFalse(socket.recv(ByteBuffer.allocate(8)).poll(waker.cx).isReady(), "once");
                assertNull(socket.takeError());
            }
        });
    }

    /** The error waits in the socket: whatever is called next fails, and what is called after that works. */
    @Test
    void nobodyThereIsToldToWhoeverIsNext() throws Exception {
        InRuntime.currentThread(() -> {
            try (var socket = bound(); var somebody = bound()) {
                soon(socket.connect(UdpDatagramTest.unused()));
                List<Executable> next = List.of(
                        () -> soon(socket.send(bytes("again"))),
                        () -> socket.trySend(bytes("again")),
                        () -> soon(socket.sendTo(bytes("again"), somebody.localAddress())),
                        () -> socket.tryRecv(ByteBuffer.allocate(8)),
                        () -> soon(socket.recvFrom(ByteBuffer.allocate(8))),
                        () -> soon(socket.peekSender()),
                        () -> {
                            throw Objects.requireNonNull(socket.takeError(), "the error");
                        });
                for (var call : next) {
                    assertNull(socket.takeError());
                    soon(socket.send(bytes("to nobody")));
                    soon(socket.readable());
                    assertThrows(PortUnreachableException.class, call);
                    assertEquals(UdpSocket.WOULD_BLOCK, socket.tryRecv(ByteBuffer.allocate(8)));
                }
                soon(socket.connect(somebody.localAddress()));
                soon(socket.send(bytes("somebody")));
                assertEquals(8, soon(somebody.recv(ByteBuffer.allocate(8))));
            }
        });
    }

    /** epoll's signs of it are those of a stream that was closed, and who believes them gives up. */
    @Test
    void nobodyThereDoesNotLookLikeAnEnd() throws Exception {
        InRuntime.currentThread(() -> {
            try (var socket = bound()) {
                soon(socket.connect(UdpDatagramTest.unused()));
                soon(socket.send(bytes("to nobody")));
                var both = Interest.READABLE.add(Interest.WRITABLE).add(Interest.ERROR);
                soon(socket.readable());
                var ready = soon(socket.ready(both));
                assertTrue(ready.isReadable(), ready::toString);
                assertTrue(ready.isWritable(), ready::toString);
                assertFalse(ready.isReadClosed(), ready::toString);
                assertFalse(ready.isWriteClosed(), ready::toString);
            }
        });
    }

    @Test
    void sendWithoutAPeerSaysWhatToDo() throws Exception {
        InRuntime.currentThread(() -> {
            try (var socket = bound()) {
                var thrown = assertThrows(SocketException.class, () -> soon(socket.send(bytes("x"))));
                assertTrue(thrown.getMessage().contains("sendTo"), thrown.getMessage());
                thrown = assertThrows(SocketException.class, socket::peerAddress);
                assertTrue(thrown.getMessage().contains("connect"), thrown.getMessage());
            }
        });
    }

    @Test
    void portInUseNamesTheAddress() throws Exception {
        InRuntime.currentThread(() -> {
            try (var socket = bound()) {
                var address = socket.localAddress();
                var thrown = assertThrows(BindException.class, () -> soon(UdpSocket.bind(address)));
                assertTrue(thrown.getMessage().contains(address.toString()), thrown.getMessage());
            }
        });
    }

    @Test
    void socketsNeedARuntimeWithIo() throws Exception {
        assertThrows(IllegalStateException.class, () -> UdpSocket.bind("127.0.0.1:0").await());
        try (var runtime = EdoRuntime.builder().currentThread().enableTime().build()) {
            var thrown = assertThrows(IllegalStateException.class,
                    () -> runtime.blockOn(UdpSocket.bind("127.0.0.1:0")));
            assertTrue(thrown.getMessage().contains("enableIo"), thrown.getMessage());
        }
    }

    /** Everybody who waits is woken and fails, and so does who comes later. */
    @ParameterizedTest
    @EnumSource(Setup.class)
    void closeEndsAllWaits(Setup setup) throws Exception {
        InSetup.run(setup, () -> {
            var socket = bound();
            var tasks = new ArrayList<Future<?>>();
            var started = new ArrayList<Future<?>>();
            for (var wait : List.<Future<?>>of(
                    socket.recv(ByteBuffer.allocate(8)),
                    socket.recvFrom(ByteBuffer.allocate(8)),
                    socket.peekSender(),
                    socket.readable(),
                    socket.ready(Interest.READABLE),
                    socket.asyncIo(Interest.READABLE, () -> null))) {
                var pending = Oneshot.<Boolean>channel();
                started.add(pending.receiver());
                tasks.add(Edo.spawn(Future.of(cx -> {
                    var poll = wait.poll(cx);
                    if (!pending.sender().isClosed()) {
                        pending.sender().send(true);
                    }
                    return poll;
                })));
            }
            for (var pending : started) {
                soon(pending);
            }
            var waker = new CountingWaker();
            socket.pollRecv(waker.cx, ByteBuffer.allocate(8));
            socket.close();
            assertEquals(1, waker.wakes());
            for (var task : tasks) {
                var thrown = assertThrows(Exception.class, () -> soon(task));
                assertInstanceOf(ClosedChannelException.class, thrown.getCause());
            }
            var dst = ByteBuffer.allocate(8);
            var anywhere = new InetSocketAddress("127.0.0.1", 7000);
            for (var call : List.<Executable>of(
                    () -> soon(socket.recv(dst)),
                    () -> soon(socket.sendTo(bytes("x"), anywhere)),
                    () -> soon(socket.connect(anywhere)),
                    () -> socket.tryRecv(dst),
                    () -> socket.trySendTo(bytes("x"), anywhere),
                    () -> socket.pollRecv(waker.cx, dst),
                    () -> socket.pollSend(waker.cx, bytes("x")),
                    socket::tryPeekSender,
                    socket::localAddress,
                    socket::peerAddress,
                    socket::takeError,
                    socket::ttl,
                    socket::fd)) {
                assertThrows(ClosedChannelException.class, call);
            }
            socket.close();
        });
    }

    /** The socket belongs to one runtime, who waits for it to another one. */
    @ParameterizedTest
    @EnumSource(Setup.class)
    void waitThatTheEndOfTheRuntimeInterruptsFails(Setup setup) throws Exception {
        try (var other = setup.start()) {
            var running = setup.start();
            var socket = Eventually.returns("bind", () -> running.handle().blockOn(UdpSocket.bind("127.0.0.1:0")));
            var pending = new CountDownLatch(1);
            var receiving = socket.recvFrom(ByteBuffer.allocate(8));
            var receive = other.handle().spawn(Future.of(cx -> {
                var poll = receiving.poll(cx);
                pending.countDown();
                return poll;
            }));
            Eventually.opened("the receive waits", pending);
            running.close();
            var error = assertThrows(Exception.class, () -> Eventually.returns("receive", receive::await));
            assertInstanceOf(RuntimeShutdownException.class, error.getCause());
            var late = other.handle().spawn(socket.recv(ByteBuffer.allocate(8)));
            error = assertThrows(Exception.class, () -> Eventually.returns("receive", late::await));
            assertInstanceOf(RuntimeShutdownException.class, error.getCause());
            socket.close();
        }
    }

    /** Binding after the end, in its own runtime's guard. */
    @ParameterizedTest
    @EnumSource(Setup.class)
    void bindAfterTheEndOfTheRuntimeFails(Setup setup) throws Exception {
        var running = setup.start();
        try (var _ = running.handle().enter()) {
            running.close();
            assertThrows(IOException.class, () -> Eventually.returns("bind", () -> {
                try (var _ = running.handle().enter()) {
                    return UdpSocket.bind("127.0.0.1:0").await();
                }
            }));
        }
    }

    @Test
    void futuresAreUsedOnce() throws Exception {
        InRuntime.currentThread(() -> {
            try (var socket = bound()) {
                var waker = new CountingWaker();
                soon(socket.sendTo(bytes("x"), socket.localAddress()));
                var receive = socket.recv(ByteBuffer.allocate(8));
                soon(receive);
                assertThrows(IllegalStateException.class, () -> receive.poll(waker.cx));
                var cancelled = socket.recv(ByteBuffer.allocate(8));
                assertFalse(cancelled.poll(waker.cx).isReady());
                cancelled.cancel();
                assertThrows(IllegalStateException.class, () -> cancelled.poll(waker.cx));
                assertThrows(IllegalArgumentException.class, () -> socket.connect("no port"));
            }
        });
    }
}
