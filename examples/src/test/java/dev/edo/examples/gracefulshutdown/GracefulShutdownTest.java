package dev.edo.examples.gracefulshutdown;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.examples.Client;
import dev.edo.future.IoFuture;
import dev.edo.net.TcpListener;
import dev.edo.net.TcpStream;
import dev.edo.runtime.EdoRuntime;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GracefulShutdownTest {
    @Test
    void jobsAreFinishedAndIdleConnectionsToldAndNobodyElseComesIn() throws Exception {
        var example = new GracefulShutdown();
        try (var runtime = EdoRuntime.builder().multiThread().workerThreads(2).enableAll().build()) {
            var listener = runtime.blockOn(() -> TcpListener.bind("127.0.0.1:0").await());
            var address = listener.localAddress();
            var left = runtime.spawn(() -> {
                try (listener) {
                    example.serve(listener);
                }
                return example.drain();
            });
            try (var working = new Client(address); var idle = new Client(address)) {
                idle.send("first\n");
                assertEquals("working on: first", idle.line());
                assertEquals("done: first", idle.line());
                working.send("second\n");
                assertEquals("working on: second", working.line());
                example.stop();
                assertEquals("goodbye\n", idle.rest());
                assertEquals("done: second\ngoodbye\n", working.rest());
            }
            assertEquals(0L, left.await());
            assertThrows(IOException.class, () -> new Client(address).close());
        }
    }

    // A signal to the program itself: without a listener the JVM would end with 143, and cut the job off.
    @Test
    void aTerminationEndsTheProgramWhenTheJobIsDone() throws Exception {
        var program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"),
                        GracefulShutdown.class.getName(), "--serve", "127.0.0.1:0")
                .redirectErrorStream(true)
                .start();
        try (var output = program.inputReader()) {
            var listens = Pattern.compile("listens on (\\S+):(\\d+);").matcher(String.valueOf(output.readLine()));
            assertTrue(listens.find());
            var address = new InetSocketAddress(listens.group(1), Integer.parseInt(listens.group(2)));
            try (var client = new Client(address)) {
                client.send("first\n");
                assertEquals("working on: first", client.line());
                ProcessHandle.of(program.pid()).orElseThrow().destroy(); // SIGTERM; our side of its output stays open
                assertEquals("done: first\ngoodbye\n", client.rest());
            }
            assertEquals("shutting down; 1 connections to go", output.readLine());
            assertEquals("all have ended", output.readLine());
            assertEquals(0, program.waitFor());
        } finally {
            program.destroyForcibly();
        }
    }

    @Test
    void aConnectionThatCannotBeAcceptedNowIsAcceptedLater() throws Exception {
        var example = new GracefulShutdown();
        try (var runtime = EdoRuntime.builder().multiThread().workerThreads(2).enableAll().build()) {
            var listener = runtime.blockOn(() -> TcpListener.bind("127.0.0.1:0").await());
            var served = runtime.spawn(() -> {
                try (listener) {
                    example.serve(failingOnce(listener));
                }
            });
            try (var client = new Client(listener.localAddress())) {
                client.send("first\n");
                assertEquals("working on: first", client.line());
                example.stop();
                assertEquals("done: first\ngoodbye\n", client.rest());
            }
            served.await();
        }
    }

    /** A listener that has no file descriptor for the first connection. */
    private static TcpListener failingOnce(TcpListener listener) {
        var failed = new AtomicBoolean();
        IoFuture<TcpStream> failure = _ -> {
            throw new IOException("Too many open files");
        };
        return (TcpListener) Proxy.newProxyInstance(
                TcpListener.class.getClassLoader(),
                new Class<?>[] {TcpListener.class},
                (_, method, arguments) -> method.getName().equals("accept") && !failed.getAndSet(true)
                        ? failure
                        : method.invoke(listener, arguments));
    }
}
