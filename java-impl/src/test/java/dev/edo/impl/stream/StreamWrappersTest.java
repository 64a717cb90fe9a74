package dev.edo.impl.stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.Edo;
import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.impl.contract.Eventually;
import dev.edo.impl.contract.Setup;
import dev.edo.io.Io;
import dev.edo.io.LimitExceededException;
import dev.edo.net.TcpListener;
import dev.edo.net.TcpStream;
import dev.edo.stream.BroadcastStreamRecvError;
import dev.edo.stream.SizeHint;
import dev.edo.stream.Stream;
import dev.edo.sync.Broadcast;
import dev.edo.sync.Mpsc;
import dev.edo.sync.Watch;
import dev.edo.task.Action;
import dev.edo.task.JoinError;
import dev.edo.task.JoinResult;
import dev.edo.task.JoinSet;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What Edo's receivers, sets, readers and listeners are as streams. */
class StreamWrappersTest {
    private static void in(Setup setup, Action body) throws Exception {
        try (var runtime = setup.builder().build()) {
            Eventually.returns("the body", () -> {
                runtime.blockOn(body);
                return null;
            });
        }
    }

    private static <T> @Nullable T polled(Stream<T> stream) throws Exception {
        return stream.pollNext(Context.of(() -> {}));
    }

    // --- mpsc

    @ParameterizedTest
    @EnumSource
    void messagesComeUntilTheSendersAreClosed(Setup setup) throws Exception {
        in(setup, () -> {
            var channel = Mpsc.<Integer>bounded(2);
            var sender = Edo.spawn(() -> {
                for (int i = 0; i < 100; i++) {
                    channel.sender().send(i).await();
                }
                channel.sender().close();
            });
            int expected = 0;
            for (int message : Stream.from(channel.receiver()).blockingIterable()) {
                assertEquals(expected++, message);
            }
            assertEquals(100, expected);
            sender.await();
        });
    }

    @ParameterizedTest
    @EnumSource(names = "CURRENT_THREAD")
    void hintOfAnOpenChannelIsWhatItHolds(Setup setup) throws Exception {
        in(setup, () -> {
            var channel = Mpsc.<Integer>bounded(4);
            channel.sender().send(1).await();
            channel.sender().send(2).await();
            var stream = Stream.from(channel.receiver());
            for (int left = 2; left > 0; left--) {
                assertEquals(SizeHint.atLeast(left), stream.sizeHint());
                assertEquals(3 - left, polled(stream));
            }
            assertEquals(SizeHint.UNKNOWN, stream.sizeHint());
        });
    }

    @ParameterizedTest
    @EnumSource(names = "CURRENT_THREAD")
    void hintOfAClosedChannelIsExact(Setup setup) throws Exception {
        in(setup, () -> {
            for (boolean bySender : new boolean[] {true, false}) {
                var channel = Mpsc.<Integer>bounded(4);
                channel.sender().send(1).await();
                channel.sender().send(2).await();
                var stream = Stream.from(channel.receiver());
                if (bySender) {
                    channel.sender().close();
                } else {
                    channel.receiver().close();
                }
                for (int left = 2; left > 0; left--) {
                    assertEquals(SizeHint.exactly(left), stream.sizeHint());
                    assertEquals(3 - left, polled(stream));
                }
                assertEquals(SizeHint.NONE, stream.sizeHint());
                assertEquals(null, polled(stream));
                assertTrue(stream.isTerminated());
            }
            var closed = Mpsc.<Integer>bounded(4);
            closed.receiver().close();
            assertEquals(SizeHint.NONE, Stream.from(closed.receiver()).sizeHint());
        });
    }

    @ParameterizedTest
    @EnumSource(names = "CURRENT_THREAD")
    void hintOfAnUnboundedChannel(Setup setup) throws Exception {
        in(setup, () -> {
            var channel = Mpsc.<Integer>unbounded();
            channel.sender().send(1);
            channel.sender().send(2);
            var stream = Stream.from(channel.receiver());
            assertEquals(SizeHint.atLeast(2), stream.sizeHint());
            assertEquals(1, polled(stream));
            assertEquals(SizeHint.atLeast(1), stream.sizeHint());
            channel.receiver().close();
            assertEquals(SizeHint.exactly(1), stream.sizeHint());
            assertEquals(2, polled(stream));
            assertEquals(SizeHint.NONE, stream.sizeHint());
            var given = Mpsc.<Integer>unbounded();
            given.sender().send(1);
            given.sender().close();
            assertEquals(SizeHint.exactly(1), Stream.from(given.receiver()).sizeHint());
            var closed = Mpsc.<Integer>unbounded();
            closed.receiver().close();
            assertEquals(SizeHint.NONE, Stream.from(closed.receiver()).sizeHint());
        });
    }

    /** Permits that were given out before the close may still bring messages. */
    @ParameterizedTest
    @EnumSource(names = "CURRENT_THREAD")
    void hintOfAClosedChannelCountsPermits(Setup setup) throws Exception {
        in(setup, () -> {
            for (boolean send : new boolean[] {true, false}) {
                var channel = Mpsc.<Integer>bounded(4);
                channel.sender().send(1).await();
                var first = channel.sender().reserve().await();
                var second = channel.sender().reserve().await();
                var stream = Stream.from(channel.receiver());
                channel.receiver().close();
                assertEquals(new SizeHint(1, 3), stream.sizeHint());
                if (send) {
                    first.send(2);
                    assertEquals(new SizeHint(2, 3), stream.sizeHint());
                    assertEquals(1, polled(stream));
                    assertEquals(new SizeHint(1, 2), stream.sizeHint());
                    assertEquals(2, polled(stream));
                    assertEquals(new SizeHint(0, 1), stream.sizeHint());
                    second.send(3);
                    assertEquals(SizeHint.exactly(1), stream.sizeHint());
                    assertEquals(3, polled(stream));
                } else {
                    first.close();
                    assertEquals(new SizeHint(1, 2), stream.sizeHint());
                    assertEquals(1, polled(stream));
                    assertEquals(new SizeHint(0, 1), stream.sizeHint());
                    second.close();
                }
                assertEquals(SizeHint.NONE, stream.sizeHint());
                assertEquals(null, polled(stream));
                assertTrue(stream.isTerminated());
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void cancellingTheStreamTellsTheSenders(Setup setup) throws Exception {
        in(setup, () -> {
            var channel = Mpsc.<Integer>bounded(1);
            var stream = Stream.from(channel.receiver());
            channel.sender().send(1).await();
            assertEquals(1, stream.take(1).next().await());
            assertTrue(channel.sender().isClosed());
            assertTrue(stream.isTerminated());
            assertEquals(null, stream.next().await());
        });
    }

    // --- broadcast

    @ParameterizedTest
    @EnumSource
    void everyReceiverOfABroadcastHasItsStream(Setup setup) throws Exception {
        in(setup, () -> {
            var channel = Broadcast.<Integer>channel(16);
            var lists = List.of(
                    Edo.spawn(Stream.from(channel.receiver()).toList()),
                    Edo.spawn(Stream.from(channel.sender().subscribe()).toList()));
            for (int i = 0; i < 10; i++) {
                channel.sender().send(i);
            }
            channel.sender().close();
            for (var list : lists) {
                assertEquals(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9), list.await());
            }
        });
    }

    @ParameterizedTest
    @EnumSource(names = "CURRENT_THREAD")
    void missedMessagesAreAFailureAndTheStreamGoesOn(Setup setup) throws Exception {
        in(setup, () -> {
            var channel = Broadcast.<Integer>channel(2);
            var stream = Stream.from(channel.receiver());
            for (int i = 0; i < 5; i++) {
                channel.sender().send(i);
            }
            var lagged = assertThrows(BroadcastStreamRecvError.class, () -> stream.next().await());
            assertEquals(3, lagged.skipped());
            assertEquals(3, stream.next().await());
            assertEquals(4, stream.next().await());
            assertEquals(null, polled(stream));
            assertFalse(stream.isTerminated());
            channel.sender().send(5);
            assertEquals(5, stream.next().await());
            channel.sender().close();
            assertEquals(null, stream.next().await());
            assertTrue(stream.isTerminated());
        });
    }

    @ParameterizedTest
    @EnumSource(names = "CURRENT_THREAD")
    void cancellingGivesTheBroadcastReceiverUp(Setup setup) throws Exception {
        in(setup, () -> {
            var channel = Broadcast.<Integer>channel(2);
            var stream = Stream.from(channel.receiver());
            assertEquals(null, polled(stream));
            stream.cancel();
            stream.cancel();
            assertEquals(0, channel.sender().receiverCount());
            assertEquals(null, polled(stream));
            assertTrue(stream.isTerminated());
        });
    }

    // --- watch

    @ParameterizedTest
    @EnumSource
    void watchGivesTheCurrentValueAndThenTheChanges(Setup setup) throws Exception {
        in(setup, () -> {
            var channel = Watch.channel("hello");
            var stream = Stream.from(channel.receiver());
            assertEquals("hello", stream.next().await());
            assertEquals(null, polled(stream));
            channel.sender().send("bye");
            assertEquals("bye", stream.next().await());
            channel.sender().send("x");
            channel.sender().send("latest");
            assertEquals("latest", stream.next().await());
            channel.sender().close();
            assertEquals(null, stream.next().await());
            assertTrue(stream.isTerminated());
        });
    }

    @ParameterizedTest
    @EnumSource
    void watchGivesNoValueTwice(Setup setup) throws Exception {
        in(setup, () -> {
            var channel = Watch.channel("hello");
            var farewells = Edo.spawn(Stream.from(channel.receiver()).filter("goodbye"::equals).toList());
            channel.sender().send("goodbye");
            channel.sender().close();
            assertEquals(List.of("goodbye"), farewells.await());
        });
    }

    @ParameterizedTest
    @EnumSource(names = "CURRENT_THREAD")
    void watchOfChangesLeavesTheCurrentValueOut(Setup setup) throws Exception {
        in(setup, () -> {
            var channel = Watch.channel("hello");
            var stream = Stream.fromChanges(channel.receiver());
            assertEquals(null, polled(stream));
            channel.sender().send("bye");
            assertEquals("bye", stream.next().await());
            assertEquals(null, polled(stream));
            stream.cancel();
            assertEquals(0, channel.sender().receiverCount());
            assertTrue(stream.isTerminated());
        });
    }

    // --- JoinSet

    @ParameterizedTest
    @EnumSource
    void aJoinSetIsAStreamOfResults(Setup setup) throws Exception {
        in(setup, () -> {
            var set = new JoinSet<Integer>();
            set.spawn(() -> 0);
            set.spawn(Future.ready(1));
            var stream = Stream.from(set);
            assertEquals(SizeHint.exactly(2), stream.sizeHint());
            var values = new ArrayList<Integer>();
            for (var result : stream.blockingIterable()) {
                values.add(result.get());
                assertEquals(SizeHint.exactly(2 - values.size()), stream.sizeHint());
            }
            assertEquals(Set.of(0, 1), Set.copyOf(values));
            assertEquals(SizeHint.NONE, stream.sizeHint());
            assertTrue(stream.isTerminated());
            set.spawn(() -> {
                throw new IllegalStateException("boom");
            });
            assertFalse(stream.isTerminated());
            var failed = assertInstanceOf(JoinResult.Failed.class, stream.next().await());
            assertTrue(failed.error().isPanic());
        });
    }

    @ParameterizedTest
    @EnumSource
    void cancellingTheStreamOfAJoinSetAbortsTheTasks(Setup setup) throws Exception {
        in(setup, () -> {
            var set = new JoinSet<Integer>();
            var task = Edo.spawn(Future.<Integer>pending());
            set.add(task);
            Stream.from(set).cancel();
            assertTrue(set.isEmpty());
            while (!task.isFinished()) {
                Edo.yieldNow().await();
            }
        });
    }

    // --- readers

    private static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @EnumSource(names = "CURRENT_THREAD")
    void linesAndSegmentsOfAReader(Setup setup) throws Exception {
        in(setup, () -> {
            var lines = Stream.from(Io.reader(utf8("one\r\ntwo\n\nfour")).lines());
            assertEquals(List.of("one", "two", "", "four"), lines.toList().await());
            var segments = Stream.from(Io.reader(utf8("a,bc")).split((byte) ','));
            assertArrayEquals(new byte[] {'a'}, segments.next().await());
            assertArrayEquals(new byte[] {'b', 'c'}, segments.next().await());
            assertEquals(null, segments.next().await());
            assertTrue(segments.isTerminated());
        });
    }

    @ParameterizedTest
    @EnumSource(names = "CURRENT_THREAD")
    void aLineThatIsTooLongDoesNotEndTheStream(Setup setup) throws Exception {
        in(setup, () -> {
            var lines = Stream.from(Io.reader(utf8("short\nmuch too long\nok\n")).lines(8));
            assertEquals("short", lines.next().await());
            assertThrows(LimitExceededException.class, () -> lines.next().await());
            var rest = new ArrayList<String>();
            for (var line : lines.blockingIterable()) {
                rest.add(line);
            }
            assertEquals("ok", rest.getLast());
        });
    }

    // --- TcpListener

    @ParameterizedTest
    @EnumSource
    void aListenerIsAStreamOfConnections(Setup setup) throws Exception {
        in(setup, () -> {
            try (var listener = TcpListener.bind("127.0.0.1:0").await()) {
                int port = listener.localAddress().getPort();
                var server = Edo.spawn(() -> {
                    var peers = new ArrayList<Integer>();
                    for (var connection : listener.incoming().take(3).blockingIterable()) {
                        peers.add(connection.peerAddress().getPort());
                        connection.close();
                    }
                    return peers;
                });
                var clients = new int[3];
                for (int i = 0; i < clients.length; i++) {
                    try (var client = TcpStream.connect("127.0.0.1:" + port).await()) {
                        clients[i] = client.localAddress().getPort();
                        assertEquals(-1, client.read(ByteBuffer.allocate(1)).await());
                    }
                }
                assertEquals(Arrays.stream(clients).boxed().toList(), server.await());
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void aClosedListenerFailsItsStream(Setup setup) throws Exception {
        in(setup, () -> {
            var listener = TcpListener.bind("127.0.0.1:0").await();
            var stream = Stream.from(listener);
            assertEquals(null, polled(stream));
            stream.cancel();
            assertEquals(null, polled(stream));
            var second = Stream.from(listener);
            var next = Edo.spawn(second.next());
            listener.close();
            assertInstanceOf(IOException.class, assertThrows(JoinError.class, next::await).getCause());
        });
    }
}
