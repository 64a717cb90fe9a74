package dev.edo.impl.net;

import static dev.edo.impl.net.InRuntime.bytes;
import static dev.edo.impl.net.InRuntime.soon;
import static dev.edo.impl.net.InRuntime.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.io.Interest;
import dev.edo.io.IoResult;
import dev.edo.net.UdpSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Peeks, tries and polls: all ways to a datagram see the same one, and only receiving takes it. */
class UdpPeekTest {
    /** A sender and a receiver, bound to addresses of their own. */
    private record Ends(UdpSocket sender, UdpSocket receiver) implements AutoCloseable {
        static Ends bound() throws Exception {
            return new Ends(soon(UdpSocket.bind("127.0.0.1:0")), soon(UdpSocket.bind("127.0.0.1:0")));
        }

        void send(String text) throws Exception {
            assertEquals(text.length(), soon(sender.sendTo(bytes(text), receiver.localAddress())));
        }

        void assertNothingLeft() throws Exception {
            assertEquals(UdpSocket.WOULD_BLOCK, receiver.tryRecv(ByteBuffer.allocate(8)));
        }

        @Override
        public void close() {
            sender.close();
            receiver.close();
        }
    }

    /** A poll that gives an object, or null where pending. */
    @FunctionalInterface
    private interface PollForSender {
        @Nullable InetSocketAddress poll(Context cx) throws Exception;
    }

    private static Future<InetSocketAddress> polled(PollForSender poll) {
        return Future.of(cx -> {
            var sender = poll.poll(cx);
            return sender == null ? Poll.pending() : Poll.ready(sender);
        });
    }

    @Test
    void peeksLeaveTheDatagramForWhoReceives() throws Exception {
        InRuntime.currentThread(() -> {
            try (var ends = Ends.bound()) {
                var from = ends.sender().localAddress();
                var receiver = ends.receiver();
                ends.send("hello");
                var dst = ByteBuffer.allocate(32);
                assertEquals(from, soon(receiver.peekSender()));
                assertEquals(from, soon(receiver.peekFrom(dst.clear())));
                assertEquals("hello", text(dst));
                assertEquals(5, soon(receiver.peek(dst.clear())));
                assertEquals("hello", text(dst));
                assertEquals(from, receiver.tryPeekSender());
                assertEquals(from, receiver.tryPeekFrom(dst.clear()));
                assertEquals("hello", text(dst));
                assertEquals(5, receiver.tryPeek(dst.clear()));
                assertEquals("hello", text(dst));
                assertEquals(from, soon(polled(receiver::pollPeekSender)));
                assertEquals(from, soon(polled(cx -> receiver.pollPeekFrom(cx, dst.clear()))));
                assertEquals("hello", text(dst));
                assertEquals(5, receiver.pollPeek(new CountingWaker().cx, dst.clear()));
                assertEquals("hello", text(dst));
                assertEquals(from, soon(polled(cx -> receiver.pollRecvFrom(cx, dst.clear()))));
                assertEquals("hello", text(dst));
                ends.assertNothingLeft();
            }
        });
    }

    /** A peek at a part of a datagram does not cut it for who receives it. */
    @Test
    void peekAtABeginningLeavesTheWhole() throws Exception {
        InRuntime.currentThread(() -> {
            try (var ends = Ends.bound()) {
                ends.send("hello");
                var part = ByteBuffer.allocate(2);
                assertEquals(2, soon(ends.receiver().peek(part)));
                assertEquals("he", text(part));
                var whole = ByteBuffer.allocate(32);
                assertEquals(5, soon(ends.receiver().recv(whole)));
                assertEquals("hello", text(whole));
            }
        });
    }

    /** Each waits before there is anything, in a waiter of its own: one datagram ends the wait of all. */
    @Test
    void peeksThatWaitAreAllWokenByOneDatagram() throws Exception {
        InRuntime.currentThread(() -> {
            try (var ends = Ends.bound()) {
                var from = ends.sender().localAddress();
                var receiver = ends.receiver();
                var waker = new CountingWaker();
                var first = receiver.peekSender();
                var second = receiver.peekFrom(ByteBuffer.allocate(32));
                var third = receiver.peek(ByteBuffer.allocate(32));
                assertFalse(first.poll(waker.cx).isReady());
                assertFalse(second.poll(waker.cx).isReady());
                assertFalse(third.poll(waker.cx).isReady());
                assertNull(receiver.pollPeekSender(waker.cx));
                ends.send("hello");
                assertEquals(from, soon(first));
                assertEquals(3, waker.wakes(), "the first wait went on with another waker");
                assertEquals(from, soon(second));
                assertEquals(5, soon(third));
                assertEquals(5, soon(receiver.recv(ByteBuffer.allocate(32))));
                ends.assertNothingLeft();
            }
        });
    }

    /** Of the tasks that poll, the last one is woken; one that gave up is not. */
    @Test
    void wakerThatWasTakenBackIsNotWoken() throws Exception {
        InRuntime.currentThread(() -> {
            try (var ends = Ends.bound()) {
                var receiver = ends.receiver();
                var waker = new CountingWaker();
                assertEquals(IoResult.PENDING, receiver.pollRecv(waker.cx, ByteBuffer.allocate(8)));
                receiver.cancelRecv(waker);
                ends.send("hello");
                soon(receiver.readable());
                assertEquals(0, waker.wakes());
                assertTrue(receiver.pollRecvReady(waker.cx));
                assertTrue(receiver.pollSendReady(waker.cx));
                receiver.cancelSend(waker);
                assertEquals(5, receiver.pollRecv(waker.cx, ByteBuffer.allocate(8)));
                assertEquals(IoResult.PENDING, receiver.pollRecv(waker.cx, ByteBuffer.allocate(8)));
                assertFalse(receiver.pollRecvReady(waker.cx));
            }
        });
    }

    @Test
    void triesMoveOneDatagramEachTimeTheSocketIsReady() throws Exception {
        InRuntime.currentThread(() -> {
            try (var ends = Ends.bound()) {
                var server = ends.receiver();
                var client = ends.sender();
                soon(client.connect(server.localAddress()));
                soon(server.connect(client.localAddress()));
                var dst = ByteBuffer.allocate(512);
                for (int i = 0; i < 5; i++) {
                    soon(client.writable());
                    var src = bytes("hello world");
                    assertEquals(11, client.trySend(src));
                    assertFalse(src.hasRemaining());
                    soon(server.readable());
                    assertEquals(11, server.tryRecv(dst.clear()));
                    assertEquals("hello world", text(dst));
                    assertTrue(soon(client.ready(Interest.WRITABLE)).isWritable());
                    assertEquals(11, client.trySendTo(bytes("hello world"), server.localAddress()));
                    assertTrue(soon(server.ready(Interest.READABLE)).isReadable());
                    assertEquals(client.localAddress(), server.tryRecvFrom(dst.clear()));
                    assertEquals("hello world", text(dst));
                    assertNull(server.tryRecvFrom(dst.clear()));
                    assertNull(server.tryPeekFrom(dst));
                    assertNull(server.tryPeekSender());
                    assertEquals(UdpSocket.WOULD_BLOCK, server.tryPeek(dst));
                    assertEquals(UdpSocket.WOULD_BLOCK, server.tryRecv(dst));
                }
            }
        });
    }

    /** A thread that is no thread of the runtime sends without waiting. */
    @Test
    void triesWorkOnPlainThreads() throws Exception {
        InRuntime.currentThread(() -> {
            try (var ends = Ends.bound()) {
                soon(ends.sender().connect(ends.receiver().localAddress()));
                soon(ends.sender().writable());
                var sent = new int[1];
                var thread = Thread.ofPlatform().start(() -> {
                    try {
                        sent[0] = ends.sender().trySend(bytes("hello"));
                    } catch (Exception e) {
                        sent[0] = -1;
                    }
                });
                thread.join();
                assertEquals(5, sent[0]);
                var dst = ByteBuffer.allocate(32);
                assertEquals(5, soon(ends.receiver().recv(dst)));
                assertEquals("hello", text(dst));
            }
        });
    }

    /** Operations of the caller's wait for readiness, and tell by null that there was nothing. */
    @Test
    void operationsOfTheCallersWaitForReadiness() throws Exception {
        InRuntime.currentThread(() -> {
            try (var ends = Ends.bound()) {
                var receiver = ends.receiver();
                var dst = ByteBuffer.allocate(32);
                var waker = new CountingWaker();
                var receive = receiver.asyncIo(Interest.READABLE, () -> {
                    int n = receiver.tryRecv(dst);
                    return n == UdpSocket.WOULD_BLOCK ? null : n;
                });
                assertFalse(receive.poll(waker.cx).isReady());
                assertNull(receiver.tryIo(Interest.READABLE, () -> "not ready"));
                ends.send("hello");
                assertEquals(5, soon(receive));
                assertEquals("done", receiver.tryIo(Interest.READABLE, () -> "done"));
                assertNull(receiver.tryIo(Interest.READABLE, () -> null));
                assertNull(receiver.tryIo(Interest.READABLE, () -> "cleared"));
                assertTrue(receiver.fd() > 0);
            }
        });
    }

    @Test
    void readOnlyBuffersAreRefusedBeforeADatagramIsTaken() throws Exception {
        InRuntime.currentThread(() -> {
            try (var ends = Ends.bound()) {
                var receiver = ends.receiver();
                var readOnly = ByteBuffer.allocate(8).asReadOnlyBuffer();
                ends.send("hello");
                soon(receiver.readable());
                assertThrows(ReadOnlyBufferException.class, () -> receiver.recv(readOnly));
                assertThrows(ReadOnlyBufferException.class, () -> receiver.recvFrom(readOnly));
                assertThrows(ReadOnlyBufferException.class, () -> receiver.tryRecv(readOnly));
                assertThrows(ReadOnlyBufferException.class, () -> receiver.tryRecvFrom(readOnly));
                assertEquals(5, receiver.tryRecv(ByteBuffer.allocate(8)));
            }
        });
    }
}
