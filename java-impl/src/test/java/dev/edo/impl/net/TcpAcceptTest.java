package dev.edo.impl.net;

import static dev.edo.impl.net.InRuntime.soon;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.future.Future;
import dev.edo.future.IoFuture;
import dev.edo.future.Poll;
import dev.edo.impl.contract.Eventually;
import dev.edo.impl.contract.Setup;
import dev.edo.net.TcpListener;
import dev.edo.net.TcpStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who waits for a connection, and what becomes of the wait. */
class TcpAcceptTest {
    @Test
    void oneConnectionWakesAllWhoAcceptAndOneGetsIt() throws Exception {
        InRuntime.currentThread(() -> {
            try (var listener = TcpListener.bind("127.0.0.1:0").await()) {
                var accepts = new ArrayList<IoFuture<TcpStream>>();
                var wakers = new ArrayList<CountingWaker>();
                for (int i = 0; i < 50; i++) {
                    var waker = new CountingWaker();
                    var accept = listener.accept();
                    assertFalse(accept.poll(waker.cx).isReady());
                    accepts.add(accept);
                    wakers.add(waker);
                }
                try (var client = soon(TcpStream.connect(listener.localAddress()))) {
                    for (var waker : wakers) {
                        soon(until(() -> waker.wakes() > 0));
                    }
                    int accepted = 0;
                    for (int i = 0; i < 50; i++) {
                        if (accepts.get(i).poll(wakers.get(i).cx) instanceof Poll.Ready<TcpStream>(var stream)) {
                            accepted++;
                            assertEquals(client.localAddress(), stream.peerAddress());
                            stream.close();
                        }
                    }
                    assertEquals(1, accepted);
                }
                accepts.forEach(IoFuture::cancel);
            }
        });
    }

    /** An event that is none costs a task a poll: it is polled once to wait, and twice for a connection. */
    @ParameterizedTest
    @EnumSource(Setup.class)
    void listenerIsPolledNoOftenerThanNeeded(Setup setup) throws Exception {
        try (var running = setup.start()) {
            var polls = new AtomicInteger();
            var accepted = new AtomicInteger();
            var listener = Eventually.returns("bound", () ->
                    running.handle().spawn(TcpListener.bind("127.0.0.1:0")).await());
            running.handle().spawn(Future.<@Nullable Void>of(cx -> {
                while (true) {
                    polls.incrementAndGet();
                    if (!(listener.pollAccept(cx) instanceof Poll.Ready<TcpStream>(var stream))) {
                        return Poll.pending();
                    }
                    stream.close();
                    accepted.incrementAndGet();
                }
            }));
            Eventually.until("first poll", () -> polls.get() > 0);
            for (int connection = 1; connection <= 3; connection++) {
                int expected = 1 + 2 * connection;
                running.handle().spawn(() -> {
                    try (var client = TcpStream.connect(listener.localAddress()).await()) {
                        assertEquals(-1, client.read(ByteBuffer.allocate(1)).await());
                    }
                }).await();
                Eventually.until(() -> "polls=" + polls + ", not " + expected, () -> polls.get() >= expected);
                assertEquals(expected, polls.get());
                assertEquals(connection, accepted.get());
            }
            listener.close();
        }
    }

    /** The runtime goes while somebody outside of it accepts. */
    @ParameterizedTest
    @EnumSource(Setup.class)
    void shutdownFailsPendingAcceptsAndLaterOnes(Setup setup) throws Exception {
        var waker = new CountingWaker();
        TcpListener listener;
        IoFuture<TcpStream> pending;
        try (var running = setup.start()) {
            listener = Eventually.returns("bound", () ->
                    running.handle().spawn(TcpListener.bind("127.0.0.1:0")).await());
            pending = listener.accept();
            assertFalse(pending.poll(waker.cx).isReady());
            assertFalse(listener.pollAccept(waker.cx).isReady());
        }
        assertEquals(2, waker.wakes());
        for (var accept : List.of(pending, listener.accept())) {
            var thrown = assertThrows(IOException.class, () -> accept.poll(waker.cx));
            assertTrue(thrown.getMessage().contains("shut down"), thrown.getMessage());
        }
        assertThrows(IOException.class, () -> listener.pollAccept(waker.cx));
        listener.close();
    }

    private static Future<@Nullable Void> until(BooleanSupplier condition) {
        return Future.of(cx -> {
            if (condition.getAsBoolean()) {
                return Poll.ready();
            }
            cx.waker().wake();
            return Poll.pending();
        });
    }
}
