package dev.edo.impl.io;

import static dev.edo.impl.io.InSetup.soon;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.Edo;
import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.IoFuture;
import dev.edo.future.Poll;
import dev.edo.impl.contract.Eventually;
import dev.edo.impl.contract.Setup;
import dev.edo.io.AsyncFd;
import dev.edo.io.AsyncFdReady;
import dev.edo.io.Interest;
import dev.edo.io.Ready;
import dev.edo.runtime.EdoRuntime;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Descriptors of the caller's, over pipes. */
class AsyncFdTest {
    private static AsyncFd reading(PipeEnds pipe) throws IOException {
        return AsyncFd.open(pipe.in().intValue(), Interest.READABLE);
    }

    private static AsyncFd writing(PipeEnds pipe) throws IOException {
        return AsyncFd.open(pipe.out().intValue(), Interest.WRITABLE);
    }

    @ParameterizedTest
    @EnumSource(Setup.class)
    void emptyPipeIsWritableAndNotReadable(Setup setup) throws Exception {
        InSetup.run(setup, () -> {
            try (var pipe = PipeEnds.open(); var out = writing(pipe); var in = reading(pipe)) {
                assertTrue(soon(out.writable()).ready().isWritable());
                assertEquals(pipe.in().intValue(), in.fd());
                var waker = new CountingWaker();
                var read = in.readable();
                assertFalse(read.poll(waker.cx).isReady());
                assertEquals(1, pipe.write("x"));
                Eventually.until("woken", () -> {
                    Edo.yieldNow().await();
                    return waker.wakes.get() > 0;
                });
                assertTrue(soon(read).ready().isReadable());
            }
        });
    }

    @ParameterizedTest
    @EnumSource(Setup.class)
    void clearedReadinessComesBackWithTheNextEventOnly(Setup setup) throws Exception {
        InSetup.run(setup, () -> {
            try (var pipe = PipeEnds.open(); var in = reading(pipe)) {
                pipe.write("ab");
                var ready = soon(in.readable());
                assertEquals("ab", pipe.read(10));
                ready.retainReady();
                assertTrue(in.readable().poll(new CountingWaker().cx).isReady(), "nobody has cleared it");
                ready.clearReady();
                assertTrue(ready.ready().isEmpty());
                var waiting = in.readable();
                assertFalse(waiting.poll(new CountingWaker().cx).isReady());
                pipe.write("c");
                assertTrue(soon(waiting).ready().isReadable());
            }
        });
    }

    @ParameterizedTest
    @EnumSource(Setup.class)
    void fullPipeBecomesWritableWhenItIsDrained(Setup setup) throws Exception {
        InSetup.run(setup, () -> {
            try (var pipe = PipeEnds.open(); var out = writing(pipe)) {
                var ready = soon(out.writable());
                pipe.fill();
                ready.clearReady();
                var waiting = out.writable();
                assertFalse(waiting.poll(new CountingWaker().cx).isReady());
                pipe.drain();
                assertTrue(soon(waiting).ready().isWritable());
            }
        });
    }

    @ParameterizedTest
    @EnumSource(Setup.class)
    void operationsWaitAndClearByThemselves(Setup setup) throws Exception {
        InSetup.run(setup, () -> {
            try (var pipe = PipeEnds.open(); var in = reading(pipe); var out = writing(pipe)) {
                assertNull(in.tryIo(Interest.READABLE, () -> {
                    throw new AssertionError("tried although nothing is ready");
                }));
                var reader = Edo.spawn(in.asyncIo(Interest.READABLE, () -> pipe.read(10)));
                assertEquals(5, soon(out.asyncIo(Interest.WRITABLE, () -> {
                    int n = pipe.write("hello");
                    return n == 0 ? null : n;
                })));
                assertEquals("hello", soon(reader));
                // Still marked as readable: the try finds nothing, and clears it.
                var tries = new int[1];
                for (int i = 0; i < 2; i++) {
                    assertNull(in.tryIo(Interest.READABLE, () -> {
                        tries[0]++;
                        return pipe.read(10);
                    }));
                }
                assertEquals(1, tries[0]);
                pipe.write("x");
                var ready = soon(in.readable());
                assertEquals("x", ready.tryIo(() -> pipe.read(10)));
                assertTrue(ready.ready().isReadable());
                assertNull(ready.tryIo(() -> pipe.read(10)));
                assertTrue(ready.ready().isEmpty());
                pipe.write("y");
                var failing = in.asyncIo(Interest.READABLE, () -> {
                    throw new IOException("mine");
                });
                assertEquals("mine", assertThrows(IOException.class, () -> soon(failing)).getMessage());
                assertThrows(IllegalStateException.class, () -> failing.poll(new CountingWaker().cx));
            }
        });
    }

    @ParameterizedTest
    @EnumSource(Setup.class)
    void tryThatFindsNoRoomIsNotRepeated(Setup setup) throws Exception {
        InSetup.run(setup, () -> {
            try (var pipe = PipeEnds.open(); var out = writing(pipe)) {
                soon(out.writable()).retainReady();
                var tries = new int[1];
                assertEquals(1, out.tryIo(Interest.WRITABLE, () -> ++tries[0]));
                for (int i = 0; i < 2; i++) {
                    assertNull(out.tryIo(Interest.WRITABLE, () -> {
                        tries[0]++;
                        return null;
                    }));
                }
                assertEquals(2, tries[0]);
            }
        });
    }

    /** The readiness is that of bytes that somebody else has read: one try finds that out, and waits. */
    @ParameterizedTest
    @EnumSource(Setup.class)
    void operationThatFindsNothingWaitsForTheNextEvent(Setup setup) throws Exception {
        InSetup.run(setup, () -> {
            try (var pipe = PipeEnds.open(); var in = reading(pipe)) {
                pipe.write("x");
                var stale = soon(in.readable());
                assertEquals("x", pipe.read(10));
                assertTrue(stale.ready().isReadable());
                var tries = new int[1];
                var read = in.asyncIo(Interest.READABLE, () -> {
                    assertTrue(++tries[0] <= 3, "tried again although nothing has happened");
                    return pipe.read(10);
                });
                assertFalse(read.poll(new CountingWaker().cx).isReady());
                assertEquals(1, tries[0]);
                pipe.write("y");
                assertEquals("y", soon(read));
            }
        });
    }

    @ParameterizedTest
    @EnumSource(Setup.class)
    void cancelledOperationHasDoneNothing(Setup setup) throws Exception {
        InSetup.run(setup, () -> {
            try (var pipe = PipeEnds.open(); var in = reading(pipe)) {
                var waker = new CountingWaker();
                var given = in.asyncIo(Interest.READABLE, () -> pipe.read(10));
                assertFalse(given.poll(waker.cx).isReady());
                given.cancel();
                pipe.write("x");
                assertEquals("x", soon(in.asyncIo(Interest.READABLE, () -> pipe.read(10))));
                assertEquals(0, waker.wakes.get());
                assertThrows(IllegalStateException.class, () -> given.poll(waker.cx));
            }
        });
    }

    @ParameterizedTest
    @EnumSource(Setup.class)
    void allWhoWaitAreWoken(Setup setup) throws Exception {
        InSetup.run(setup, () -> {
            try (var pipe = PipeEnds.open(); var in = reading(pipe)) {
                var waiting = new ArrayList<IoFuture<AsyncFdReady>>();
                var wakers = new ArrayList<CountingWaker>();
                for (int i = 0; i < 40; i++) {
                    var waker = new CountingWaker();
                    var future = i % 2 == 0 ? in.readable() : in.ready(Interest.READABLE);
                    assertFalse(future.poll(waker.cx).isReady());
                    waiting.add(future);
                    wakers.add(waker);
                }
                var polling = new CountingWaker();
                assertNull(in.pollReadReady(polling.cx));
                pipe.write("x");
                wakers.add(polling);
                for (var waker : wakers) { // whoever was polled meanwhile would be woken no more
                    soon(new Woken(waker));
                }
                for (var future : waiting) {
                    assertTrue(soon(future).ready().isReadable());
                }
                var ready = Objects.requireNonNull(in.pollReadReady(polling.cx));
                assertTrue(ready.ready().isReadable());
                ready.clearReady();
                assertNull(in.pollReadReady(polling.cx));
                try (var out = writing(pipe)) {
                    assertTrue(soon(out.writable()).ready().isWritable());
                    assertTrue(Objects.requireNonNull(out.pollWriteReady(polling.cx)).ready().isWritable());
                }
            }
        });
    }

    /** Lets others run until a waker has been called. */
    private record Woken(CountingWaker waker) implements Future<@Nullable Void> {
        @Override
        public Poll<@Nullable Void> poll(Context cx) {
            if (waker.wakes.get() > 0) {
                return Poll.ready();
            }
            cx.waker().wake();
            return Poll.pending();
        }
    }

    @Test
    void endOfThePipeIsReadClosedAndStays() throws Exception {
        InSetup.run(Setup.TWO_WORKERS, () -> {
            try (var pipe = PipeEnds.open(); var in = reading(pipe)) {
                pipe.out().close();
                var ready = soon(in.readable());
                assertTrue(ready.ready().isReadClosed());
                ready.clearReady();
                assertTrue(soon(in.readable()).ready().isReadClosed());
                assertEquals("", soon(in.asyncIo(Interest.READABLE, () -> pipe.read(10))));
            }
        });
    }

    @Test
    void clearingAPartLeavesTheRest() throws Exception {
        InSetup.run(Setup.CURRENT_THREAD, () -> {
            try (var pipe = PipeEnds.open(); var in = reading(pipe)) {
                pipe.write("x");
                pipe.out().close();
                var ready = soon(in.ready(Interest.READABLE));
                while (!ready.ready().contains(Ready.READABLE.union(Ready.READ_CLOSED))) {
                    soon(Edo.yieldNow());
                    ready = soon(in.ready(Interest.READABLE));
                }
                ready.clearReadyMatching(Ready.READABLE);
                assertEquals(Ready.READ_CLOSED, ready.ready());
                assertEquals(Ready.READ_CLOSED, soon(in.readable()).ready());
            }
        });
    }

    @Test
    void closingWakesWhoWaitsAndLeavesTheDescriptorOpen() throws Exception {
        InSetup.run(Setup.TWO_WORKERS, () -> {
            try (var pipe = PipeEnds.open()) {
                var in = reading(pipe);
                var waker = new CountingWaker();
                var waiting = in.readable();
                assertFalse(waiting.poll(waker.cx).isReady());
                assertNull(in.pollReadReady(waker.cx));
                in.close();
                in.close();
                assertEquals(2, waker.wakes.get());
                assertThrows(ClosedChannelException.class, () -> soon(waiting));
                assertThrows(ClosedChannelException.class, () -> in.pollReadReady(waker.cx));
                assertThrows(ClosedChannelException.class, () -> in.tryIo(Interest.READABLE, () -> 1));
                assertThrows(ClosedChannelException.class, () -> soon(in.asyncIo(Interest.READABLE, () -> 1)));
                pipe.write("x");
                try (var again = reading(pipe)) {
                    assertEquals("x", soon(again.asyncIo(Interest.READABLE, () -> pipe.read(10))));
                }
            }
        });
    }

    @Test
    void urgentDataIsPriority() throws Exception {
        InSetup.run(Setup.ONE_WORKER, () -> {
            try (var server = new ServerSocket(0)) {
                var client = Socket.newSocketStream();
                try {
                    boolean connected = client.connect(new InetSocketAddress("127.0.0.1", server.getLocalPort()));
                    try (var peer = server.accept()) {
                        assertTrue(connected || peer.isConnected());
                        try (var fd = AsyncFd.open(client.intValue(), Interest.PRIORITY.add(Interest.READABLE))) {
                            var waiting = fd.ready(Interest.PRIORITY);
                            assertFalse(waiting.poll(new CountingWaker().cx).isReady());
                            peer.sendUrgentData(7);
                            assertTrue(soon(waiting).ready().isPriority());
                        }
                        try (var later = AsyncFd.open(client.intValue(), Interest.PRIORITY)) {
                            assertTrue(soon(later.ready(Interest.PRIORITY)).ready().isPriority());
                        }
                    }
                } finally {
                    client.close();
                }
            }
        });
    }

    @Test
    void whatItWasNotOpenedForCannotBeWaitedFor() throws Exception {
        InSetup.run(Setup.CURRENT_THREAD, () -> {
            try (var pipe = PipeEnds.open(); var out = writing(pipe); var in = reading(pipe)) {
                var write = assertThrows(IllegalArgumentException.class, in::writable);
                assertTrue(write.getMessage().contains("WRITABLE") && write.getMessage().contains("fd=" + in.fd()),
                        write.getMessage());
                assertThrows(IllegalArgumentException.class, out::readable);
                assertThrows(IllegalArgumentException.class, () -> in.ready(Interest.PRIORITY));
                assertThrows(IllegalArgumentException.class, () -> out.asyncIo(Interest.READABLE, () -> 1));
                soon(out.ready(Interest.READABLE.add(Interest.WRITABLE)));
                out.ready(Interest.ERROR).cancel();
            }
        });
    }

    @Test
    void whatCannotBeRegisteredIsRefusedWithTheReason() throws Exception {
        InSetup.run(Setup.CURRENT_THREAD, () -> {
            try (var pipe = PipeEnds.open(); var _ = reading(pipe)) {
                var twice = assertThrows(IOException.class, () -> reading(pipe));
                assertTrue(twice.getMessage().contains("registered"), twice.getMessage());
                var file = Files.createTempFile("edo", "fd");
                var descriptor = FileDescriptor.from(file.toFile());
                try {
                    var regular = assertThrows(IOException.class, () -> AsyncFd.open(descriptor.intValue()));
                    assertTrue(regular.getMessage().contains("regular files"), regular.getMessage());
                } finally {
                    descriptor.close();
                    Files.delete(file);
                }
                int closed = descriptor.intValue();
                assertThrows(IOException.class, () -> AsyncFd.open(closed));
                assertThrows(IllegalArgumentException.class, () -> AsyncFd.open(-1));
            }
        });
        assertThrows(IllegalStateException.class, () -> AsyncFd.open(0));
        try (var runtime = EdoRuntime.builder().currentThread().build()) {
            var thrown = assertThrows(IllegalStateException.class, () -> runtime.blockOn(() -> {
                AsyncFd.open(0).close();
            }));
            assertTrue(thrown.getMessage().contains("enableIo"), thrown.getMessage());
        }
    }

    /** The runtime goes while somebody outside of it waits for its descriptors. */
    @ParameterizedTest
    @EnumSource(Setup.class)
    void shutdownOfTheRuntimeFailsWhoWaitsAndWhoComesLater(Setup setup) throws Exception {
        try (var pipe = PipeEnds.open()) {
            pipe.write("x");
            AsyncFd in;
            AsyncFd out;
            AsyncFdReady ready;
            var waker = new CountingWaker();
            IoFuture<AsyncFdReady> pending;
            try (var running = setup.start()) {
                try (var _ = running.handle().enter()) {
                    in = reading(pipe);
                    out = writing(pipe);
                }
                ready = Eventually.returns("readable", () -> in.readable().await());
                pipe.fill();
                var writable = Eventually.returns("writable", () -> out.writable().await());
                writable.clearReady();
                pending = out.writable();
                assertFalse(pending.poll(waker.cx).isReady());
                assertNull(out.pollWriteReady(waker.cx));
            }
            assertEquals(2, waker.wakes.get());
            var thrown = assertThrows(IOException.class, () -> pending.poll(waker.cx));
            assertTrue(String.valueOf(thrown.getMessage()).contains("shut down"), thrown.getMessage());
            assertThrows(IOException.class, () -> out.writable().poll(waker.cx));
            assertThrows(IOException.class, () -> in.pollReadReady(waker.cx));
            assertThrows(IOException.class, () -> in.tryIo(Interest.READABLE, () -> 1));
            ready.clearReady();
            in.close();
            out.close();
        }
    }
}
