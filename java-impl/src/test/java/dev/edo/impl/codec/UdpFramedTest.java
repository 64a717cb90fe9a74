package dev.edo.impl.codec;

import static dev.edo.impl.io.InSetup.soon;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.Edo;
import dev.edo.codec.BytesCodec;
import dev.edo.codec.Codec;
import dev.edo.codec.CodecException;
import dev.edo.codec.Decoder;
import dev.edo.codec.FrameBuffer;
import dev.edo.codec.LengthDelimitedCodec;
import dev.edo.codec.LinesCodec;
import dev.edo.codec.UdpFrame;
import dev.edo.codec.UdpFramed;
import dev.edo.future.Context;
import dev.edo.impl.contract.Setup;
import dev.edo.impl.io.InSetup;
import dev.edo.net.UdpSocket;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Frames over datagrams. */
class UdpFramedTest {
    private static UdpSocket bound() throws Exception {
        return soon(UdpSocket.bind("127.0.0.1:0"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static <T> UdpFrame<T> next(UdpFramed<T, ?> framed) throws Exception {
        var frame = soon(framed.next());
        assertNotNull(frame);
        return frame;
    }

    /** All of a datagram is one frame, of an empty one as well. */
    private static Codec<byte[], byte[]> whole() {
        return Codec.of(src -> src.readBytes(src.length()), (bytes, dst) -> dst.put(bytes));
    }

    @ParameterizedTest
    @EnumSource(Setup.class)
    void framesGoToAnAddressAndComeFromOne(Setup setup) throws Exception {
        InSetup.run(setup, () -> {
            try (var a = bound(); var b = bound()) {
                var sender = new UdpFramed<>(a, whole());
                var receiver = new UdpFramed<>(b, whole());
                soon(sender.send(new UdpFrame<>(bytes("4567"), b.localAddress())));
                var frame = next(receiver);
                assertArrayEquals(bytes("4567"), frame.frame());
                assertEquals(a.localAddress(), frame.address());
                soon(receiver.send(frame.reply(bytes("answer"))));
                assertArrayEquals(bytes("answer"), next(sender).frame());
            }
        });
    }

    /** An empty frame is an empty datagram, which the decoder is asked about like any other. */
    @ParameterizedTest
    @EnumSource(Setup.class)
    void emptyFrameIsAnEmptyDatagram(Setup setup) throws Exception {
        InSetup.run(setup, () -> {
            try (var a = bound(); var b = bound()) {
                var sender = new UdpFramed<>(a, whole());
                soon(sender.send(new UdpFrame<>(new byte[0], b.localAddress())));
                assertEquals(a.localAddress(), soon(b.peekSender()));
                var frame = next(new UdpFramed<>(b, whole()));
                assertEquals(0, frame.frame().length);
                assertEquals(a.localAddress(), frame.address());
                // A codec that makes nothing of it waits for the next datagram.
                soon(sender.send(new UdpFrame<>(new byte[0], b.localAddress())));
                soon(sender.send(new UdpFrame<>(bytes("next"), b.localAddress())));
                assertArrayEquals(bytes("next"), next(new UdpFramed<>(b, new BytesCodec())).frame());
            }
        });
    }

    @ParameterizedTest
    @EnumSource(Setup.class)
    void datagramMayHoldSeveralFrames(Setup setup) throws Exception {
        InSetup.run(setup, () -> {
            try (var a = bound(); var b = bound(); var c = bound()) {
                var receiver = new UdpFramed<>(b, new LinesCodec());
                soon(a.sendTo(ByteBuffer.wrap(bytes("1\r\n2\r\n3\r\n")), b.localAddress()));
                soon(c.sendTo(ByteBuffer.wrap(bytes("4\n5")), b.localAddress()));
                for (var line : new String[] {"1", "2", "3"}) {
                    assertEquals(new UdpFrame<>(line, a.localAddress()), next(receiver));
                }
                // The last line of a datagram ends with it.
                for (var line : new String[] {"4", "5"}) {
                    assertEquals(new UdpFrame<>(line, c.localAddress()), next(receiver));
                }
                assertFalse(receiver.isTerminated());
            }
        });
    }

    /** Two of them share a socket: one sends, the other one receives, in two tasks. */
    @ParameterizedTest
    @EnumSource(Setup.class)
    void oneMaySendAndAnotherReceiveOnOneSocket(Setup setup) throws Exception {
        InSetup.run(setup, () -> {
            try (var socket = bound()) {
                var address = socket.localAddress();
                var sender = new UdpFramed<>(socket, whole());
                var receiver = new UdpFramed<>(socket, new LinesCodec());
                var sending = Edo.spawn(() -> {
                    sender.send(new UdpFrame<>(bytes("1\r\n2\r\n3\r\n"), address)).await();
                    sender.send(new UdpFrame<>(bytes("4\r\n5\r\n6\r\n"), address)).await();
                });
                for (int i = 1; i <= 6; i++) {
                    assertEquals(new UdpFrame<>("" + i, address), next(receiver));
                }
                soon(sending);
            }
        });
    }

    /** Frames of which only a part is in the datagram: the rest does not come with the next one. */
    @ParameterizedTest
    @EnumSource(Setup.class)
    void frameNeverSpansTwoDatagrams(Setup setup) throws Exception {
        InSetup.run(setup, () -> {
            try (var a = bound(); var b = bound()) {
                var lengths = new LengthDelimitedCodec();
                Decoder<String> texts = new LengthDelimitedCodec().decoding(src -> src.readUtf8(src.length()));
                for (var codec : List.<Codec<String, byte[]>>of(
                        Codec.of(lengths.map(bytes -> new String(bytes, StandardCharsets.UTF_8)), lengths),
                        Codec.of(texts, lengths))) {
                    var receiver = new UdpFramed<>(b, codec);
                    soon(a.sendTo(ByteBuffer.wrap(new byte[] {0, 0, 0, 1, 'x', 0, 0, 0, 9, 'p'}), b.localAddress()));
                    soon(a.sendTo(ByteBuffer.wrap(new byte[] {0, 0, 0, 1, 'y'}), b.localAddress()));
                    assertEquals("x", next(receiver).frame());
                    assertThrows(EOFException.class, () -> next(receiver), "the beginning of a frame");
                    assertTrue(receiver.readBuffer().isEmpty());
                    assertEquals("y", next(receiver).frame());
                }
            }
        });
    }

    /** What the decoder leaves, saying that there is no frame, is gone with the datagram. */
    @ParameterizedTest
    @EnumSource(Setup.class)
    void restThatTheDecoderLeavesIsDropped(Setup setup) throws Exception {
        InSetup.run(setup, () -> {
            try (var a = bound(); var b = bound()) {
                var pairs = new Decoder<String>() {
                    @Override
                    public @Nullable String decode(FrameBuffer src) throws IOException {
                        return src.length() < 2 ? null : src.readUtf8(2);
                    }

                    @Override
                    public @Nullable String decodeEof(FrameBuffer src) throws IOException {
                        return decode(src);
                    }
                };
                var receiver = new UdpFramed<>(b, Codec.<String, String>of(pairs, (s, dst) -> dst.putUtf8(s)));
                soon(a.sendTo(ByteBuffer.wrap(bytes("abc")), b.localAddress()));
                soon(a.sendTo(ByteBuffer.wrap(bytes("de")), b.localAddress()));
                assertEquals("ab", next(receiver).frame());
                assertEquals("de", next(receiver).frame());
            }
        });
    }

    /** A bad line, which the codec can pass over, and a datagram that it can make nothing of. */
    @ParameterizedTest
    @EnumSource(Setup.class)
    void framesGoOnAfterErrors(Setup setup) throws Exception {
        InSetup.run(setup, () -> {
            try (var a = bound(); var b = bound()) {
                var lines = new UdpFramed<>(b, new LinesCodec(4));
                soon(a.sendTo(ByteBuffer.wrap(bytes("good\nmuch too long\nmore\n")), b.localAddress()));
                assertEquals("good", next(lines).frame());
                assertThrows(CodecException.class, () -> next(lines));
                assertEquals("more", next(lines).frame());
                soon(a.sendTo(ByteBuffer.wrap(bytes("too long to its end")), b.localAddress()));
                soon(a.sendTo(ByteBuffer.wrap(bytes("one\ntwo")), b.localAddress()));
                assertThrows(CodecException.class, () -> next(lines));
                assertEquals("one", next(lines).frame(), "the rest of the long line is not looked for here");
                assertEquals("two", next(lines).frame());

                var asked = new AtomicInteger();
                Decoder<String> picky = src -> {
                    asked.incrementAndGet();
                    if (src.isEmpty()) {
                        return null;
                    }
                    if (src.get(0) == '!') {
                        throw new CodecException("bad", false);
                    }
                    return src.readUtf8(src.length());
                };
                var strict = new UdpFramed<>(b, Codec.<String, String>of(picky, (s, dst) -> dst.putUtf8(s)));
                soon(a.sendTo(ByteBuffer.wrap(bytes("!bad")), b.localAddress()));
                soon(a.sendTo(ByteBuffer.wrap(bytes("good")), b.localAddress()));
                assertThrows(CodecException.class, () -> next(strict));
                assertEquals(1, asked.get());
                assertEquals("good", next(strict).frame());
            }
        });
    }

    /** A frame that no datagram can hold, and one that cannot be encoded: neither is in the way of the next one. */
    @ParameterizedTest
    @EnumSource(Setup.class)
    void frameThatCannotBeSentIsDropped(Setup setup) throws Exception {
        InSetup.run(setup, () -> {
            try (var a = bound(); var b = bound()) {
                var codec = Codec.<String, String>of(src -> src.isEmpty() ? null : src.readUtf8(src.length()),
                        (s, dst) -> {
                            dst.putUtf8(s);
                            if (s.startsWith("!")) {
                                throw new CodecException("bad", true);
                            }
                        });
                var sender = new UdpFramed<>(a, codec);
                var to = b.localAddress();
                var tooLong = assertThrows(SocketException.class,
                        () -> soon(sender.send(new UdpFrame<>("x".repeat(65_508), to))));
                assertTrue(tooLong.getMessage().contains("65508 bytes"), tooLong.getMessage());
                assertThrows(CodecException.class, () -> soon(sender.send(new UdpFrame<>("!bad", to))));
                assertThrows(IllegalArgumentException.class, () -> soon(sender.send(
                        new UdpFrame<>("nowhere", InetSocketAddress.createUnresolved("localhost", 7000)))));
                soon(sender.send(new UdpFrame<>("good", to)));
                assertEquals("good", next(new UdpFramed<>(b, codec)).frame());
                assertEquals(UdpSocket.WOULD_BLOCK, b.tryRecv(ByteBuffer.allocate(8)));
            }
        });
    }

    /** A frame is fed and goes out by the next flush, or when another one is fed, each in its own datagram. */
    @ParameterizedTest
    @EnumSource(Setup.class)
    void fedFramesAreDatagramsOfTheirOwn(Setup setup) throws Exception {
        InSetup.run(setup, () -> {
            try (var a = bound(); var b = bound(); var c = bound()) {
                var sender = new UdpFramed<>(a, new LinesCodec());
                var dst = ByteBuffer.allocate(8);
                soon(sender.feed(new UdpFrame<>("to b", b.localAddress())));
                assertEquals(UdpSocket.WOULD_BLOCK, b.tryRecv(dst));
                assertThrows(IllegalStateException.class,
                        () -> sender.startSend(new UdpFrame<>("too early", c.localAddress())));
                soon(sender.feed(new UdpFrame<>("to c", c.localAddress())));
                assertEquals(5, soon(b.recv(dst)));
                assertEquals(UdpSocket.WOULD_BLOCK, c.tryRecv(dst));
                soon(sender.close());
                assertEquals(5, soon(c.recv(dst.clear())));
                soon(sender.flush());
                soon(sender.send(new UdpFrame<>("more", c.localAddress())));
                assertEquals(5, soon(c.recv(dst.clear())));
            }
        });
    }

    /** The wait for a frame that is given up takes its waker back, and the frame is there for the next one. */
    @ParameterizedTest
    @EnumSource(Setup.class)
    void waitThatIsGivenUpLosesNothing(Setup setup) throws Exception {
        InSetup.run(setup, () -> {
            try (var a = bound(); var b = bound()) {
                var receiver = new UdpFramed<>(b, new LinesCodec());
                var wakes = new AtomicInteger();
                var cx = Context.of(wakes::incrementAndGet);
                var given = receiver.next();
                assertFalse(given.poll(cx).isReady());
                given.cancel();
                soon(a.sendTo(ByteBuffer.wrap(bytes("1\n2\n")), b.localAddress()));
                assertEquals("1", next(receiver).frame());
                assertEquals(0, wakes.get());
                assertEquals("2", next(receiver).frame());
                assertNull(receiver.pollNext(cx));
                receiver.cancel();
                assertTrue(receiver.isTerminated());
                assertNull(soon(receiver.next()));
                soon(a.sendTo(ByteBuffer.wrap(bytes("3\n")), b.localAddress()));
                soon(b.readable());
                assertEquals(0, wakes.get());
                assertSame(b, receiver.socket());
            }
        });
    }

    /** Nobody listens: the next use of the socket says so, once. */
    @ParameterizedTest
    @EnumSource(Setup.class)
    void errorsOfTheSocketAreToldAndTheFramesGoOn(Setup setup) throws Exception {
        InSetup.run(setup, () -> {
            try (var a = bound(); var b = bound()) {
                InetSocketAddress nobody;
                try (var gone = bound()) {
                    nobody = gone.localAddress();
                }
                soon(a.connect(nobody));
                var framed = new UdpFramed<>(a, new LinesCodec());
                soon(framed.send(new UdpFrame<>("hello", nobody)));
                assertThrows(SocketException.class, () -> next(framed));
                soon(a.connect(b.localAddress()));
                soon(b.sendTo(ByteBuffer.wrap(bytes("hello\n")), a.localAddress()));
                assertEquals("hello", next(framed).frame());
            }
        });
    }

    @ParameterizedTest
    @EnumSource(Setup.class)
    void closedSocketFailsTheWaitForAFrame(Setup setup) throws Exception {
        InSetup.run(setup, () -> {
            var socket = bound();
            var framed = new UdpFramed<>(socket, new LinesCodec());
            var wakes = new AtomicInteger();
            var next = framed.next();
            assertFalse(next.poll(Context.of(wakes::incrementAndGet)).isReady());
            socket.close();
            assertEquals(1, wakes.get());
            assertThrows(ClosedChannelException.class, () -> soon(next));
            assertThrows(ClosedChannelException.class, () -> next(framed));
        });
    }
}
