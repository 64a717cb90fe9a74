package dev.edo.impl.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.future.Future;
import dev.edo.impl.contract.Eventually;
import dev.edo.impl.contract.Setup;
import dev.edo.net.TcpListener;
import dev.edo.net.TcpStream;
import dev.edo.runtime.RuntimeShutdownException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sockets of a runtime that shuts down. */
class RuntimeShutdownTest {
    /** The socket belongs to one runtime, who uses it to another one. */
    @ParameterizedTest
    @EnumSource(Setup.class)
    void useAfterTheEndOfTheRuntimeFailsWithAnExceptionOfItsOwn(Setup setup) throws Exception {
        try (var other = setup.start()) {
            TcpListener listener;
            try (var running = setup.start()) {
                listener = Eventually.returns("bind", () -> running.handle().blockOn(TcpListener.bind("127.0.0.1:0")));
            }
            var accept = other.handle().spawn(listener.accept());
            var error = assertThrows(Exception.class, () -> Eventually.returns("accept", accept::await));
            assertInstanceOf(RuntimeShutdownException.class, error.getCause());
            listener.close();
        }
    }

    /** The accept of a task elsewhere waits in the kernel's queue of nobody: it has to be woken. */
    @ParameterizedTest
    @EnumSource(Setup.class)
    void waitThatTheEndOfTheRuntimeInterruptsFails(Setup setup) throws Exception {
        try (var other = setup.start()) {
            var running = setup.start();
            var listener =
                    Eventually.returns("bind", () -> running.handle().blockOn(TcpListener.bind("127.0.0.1:0")));
            var pending = new CountDownLatch(1);
            var accepting = listener.accept();
            var accept = other.handle().spawn(Future.of(cx -> {
                var poll = accepting.poll(cx);
                pending.countDown();
                return poll;
            }));
            Eventually.opened("the accept waits", pending);
            running.close();
            var error = assertThrows(Exception.class, () -> Eventually.returns("accept", accept::await));
            assertInstanceOf(RuntimeShutdownException.class, error.getCause());
            listener.close();
        }
    }

    /** Binding after the end, in its own runtime's guard, by a future made then or before. */
    @ParameterizedTest
    @EnumSource(Setup.class)
    void bindAfterTheEndOfTheRuntimeFails(Setup setup) throws Exception {
        var running = setup.start();
        try (var _ = running.handle().enter()) {
            var madeBefore = TcpListener.bind("127.0.0.1:0");
            running.close();
            for (var bind : List.of(madeBefore, TcpListener.bind("127.0.0.1:0"))) {
                assertThrows(RuntimeShutdownException.class, () -> Eventually.returns("bind", () -> {
                    try (var _ = running.handle().enter()) {
                        return bind.await();
                    }
                }));
            }
        }
    }

    @Test
    void otherFailuresHaveOtherTypes() throws Exception {
        int unused;
        try (var socket = new ServerSocket(0)) {
            unused = socket.getLocalPort();
        }
        InRuntime.currentThread(() -> {
            var refused = assertThrows(IOException.class,
                    () -> TcpStream.connect(new InetSocketAddress("127.0.0.1", unused)).await());
            assertFalse(refused instanceof RuntimeShutdownException);
        });
    }

    /** Bytes keep coming while the runtime goes: neither an event nor a task gets in the way of the end. */
    @ParameterizedTest
    @EnumSource(Setup.class)
    void eventsThatComeDuringTheShutdownDoNoHarm(Setup setup) throws Exception {
        for (int round = 0; round < 10; round++) {
            var running = setup.start();
            var failures = new LinkedBlockingQueue<Throwable>();
            var flowing = new CountDownLatch(100);
            var ends = Eventually.returns("two tasks", () -> running.handle().blockOn(running.handle().spawn(() -> {
                var pair = InRuntime.Pair.connected();
                running.handle().spawn(() -> echo(pair.server(), flowing, failures));
                running.handle().spawn(() -> echo(pair.client(), flowing, failures));
                pair.client().writeAll(ByteBuffer.wrap(new byte[] {1})).await();
                return pair;
            })));
            Eventually.opened("bytes go back and forth", flowing);
            running.close();
            assertEquals(0, running.handle().metrics().numAliveTasks());
            assertTrue(failures.isEmpty(), failures::toString);
            ends.close();
        }
    }

    private static void echo(TcpStream stream, CountDownLatch flowing, LinkedBlockingQueue<Throwable> failures)
            throws Exception {
        var buffer = ByteBuffer.allocateDirect(1);
        try {
            for (;;) {
                stream.read(buffer).await();
                flowing.countDown();
                stream.writeAll(buffer.flip()).await();
                buffer.clear();
            }
        } catch (IOException | CancellationException e) {
            throw e; // what the end of a runtime looks like
        } catch (Throwable t) {
            failures.add(t);
            throw t;
        }
    }
}
