package dev.edo.examples.echo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class EchoTest {
    @ParameterizedTest
    @CsvSource({"direct,multi", "direct,current", "stackless,multi", "stackless,current"})
    void eachByteComesBack(String style, String flavor) throws Exception {
        var report = run("--connections", "10", "--seconds", "1", "--warmup", "0.2", "--style", style,
                "--flavor", flavor);
        assertClean(report);
        assertTrue(report.load().replies() > 1000, report.text());
        assertEquals(report.load().replies(), report.load().latency().count());
        var server = report.server();
        assertNotNull(server);
        assertTrue(server.polls() > 0, report.text());
        assertTrue(server.slotsInUse() >= 10, report.text());
    }

    @ParameterizedTest
    @CsvSource({"direct", "stackless"})
    void requestsLargerThanTheSocketBuffersComeBack(String style) throws Exception {
        assertClean(run("--connections", "2", "--payload", "5000000", "--seconds", "0.5", "--warmup", "0",
                "--style", style));
    }

    @Test
    void anOpenLoopSendsAsManyRequestsAsAskedFor() throws Exception {
        var report = run("--connections", "10", "--rate", "500", "--seconds", "1", "--warmup", "0.2");
        assertClean(report);
        assertEquals(500, report.load().latency().count() + report.load().unfinished(), 1, report.text());
    }

    /**
     * Coordinated omission: a server that answers one request in 20 ms is asked for 100 per second.
     */
    @Test
    void anOpenLoopCountsTheTimeThatRequestsWaitedBehindASlowOne() throws Exception {
        try (var slow = new FakeServer(socket -> {
            for (int b; (b = socket.getInputStream().read()) >= 0; ) {
                Thread.sleep(20);
                socket.getOutputStream().write(b);
            }
        })) {
            var report = run("--connect", slow.option(), "--connections", "1", "--payload", "1",
                    "--rate", "100", "--seconds", "1", "--warmup", "0");
            assertEquals(100, report.load().latency().count());
            assertTrue(report.load().latency().quantileNanos(0.5) > 400_000_000, report.text());
        }
    }

    @Test
    void aServerThatChangesOneByteIsCaught() throws Exception {
        try (var corrupting = new FakeServer(socket -> {
            byte[] chunk = new byte[1000];
            for (int count, chunks = 0; (count = socket.getInputStream().read(chunk)) > 0; chunks++) {
                chunk[count - 1] ^= (byte) (chunks == 10 ? 1 : 0);
                socket.getOutputStream().write(chunk, 0, count);
            }
        })) {
            var report = run("--connect", corrupting.option(), "--connections", "3", "--seconds", "0.5");
            assertEquals(3, report.load().mismatches(), report.text());
            assertFalse(report.isClean());
        }
    }

    @Test
    void aServerThatHangsUpIsAnErrorOfEachConnection() throws Exception {
        try (var rude = new FakeServer(socket -> socket.getInputStream().readNBytes(10))) {
            var report = run("--connect", rude.option(), "--connections", "3", "--seconds", "0.5");
            assertEquals(3, report.load().errors(), report.text());
        }
    }

    @Test
    void aServerThatDoesNotAnswerIsAnErrorOfEachConnection() throws Exception {
        var options = EchoOptions.parse("--connections", "3", "--seconds", "0.1", "--warmup", "0");
        try (var silent = new FakeServer(socket -> socket.getInputStream().readAllBytes());
                var load = new EchoLoad(options, silent.address(), Duration.ofMillis(200))) {
            var result = load.run(List.of());
            assertEquals(3, result.errors());
            var first = result.firstError();
            assertNotNull(first);
            assertTrue(first.startsWith("no reply within 200 ms on connection "), first);
        }
    }

    @Test
    void nobodyListeningIsAnError() throws Exception {
        String address;
        try (var listener = new FakeServer(socket -> {})) {
            address = listener.option();
        }
        var report = run("--connect", address, "--connections", "2", "--seconds", "0.5");
        assertEquals(2, report.load().errors(), report.text());
        assertEquals(0, report.load().replies());
    }

    @Test
    void aStoppedRunReportsWhatItHasMeasured() throws Exception {
        var options = EchoOptions.parse("--connections", "10", "--seconds", "600", "--warmup", "0");
        try (var run = new EchoRun(options)) {
            var stopper = Thread.startVirtualThread(() -> {
                while (run.replies() < 100) {
                    Thread.onSpinWait();
                }
                run.stop();
            });
            var report = run.run();
            stopper.join();
            assertClean(report);
            assertTrue(report.load().replies() >= 90, report.text());
            assertTrue(report.load().measured().toSeconds() < 60, report.text());
        }
    }

    private static EchoReport run(String... arguments) throws Exception {
        try (var run = new EchoRun(EchoOptions.parse(arguments))) {
            return run.run();
        }
    }

    private static void assertClean(EchoReport report) {
        assertEquals(0, report.load().mismatches(), report.text());
        assertEquals(0, report.load().errors(), report.text());
    }

    /** A server on JDK sockets that does something to each connection, then closes it. */
    private static final class FakeServer implements AutoCloseable {
        private interface Behaviour {
            void serve(Socket socket) throws IOException, InterruptedException;
        }

        private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

        FakeServer(Behaviour behaviour) throws IOException {
            Thread.ofVirtual().start(() -> {
                try {
                    for (;;) {
                        var socket = listener.accept();
                        Thread.ofVirtual().start(() -> {
                            try (socket) {
                                behaviour.serve(socket);
                            } catch (IOException | InterruptedException e) {
                                // the client is gone
                            }
                        });
                    }
                } catch (IOException e) {
                    // closed
                }
            });
        }

        InetSocketAddress address() {
            return new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort());
        }

        String option() {
            return "127.0.0.1:" + listener.getLocalPort();
        }

        @Override
        public void close() throws IOException {
            listener.close();
        }
    }
}
