package dev.edo.examples.tinyhttp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.examples.Client;
import dev.edo.examples.LocalServer;
import dev.edo.net.TcpStream;
import dev.edo.runtime.EdoRuntime;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class TinyHttpTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: test\r\n\r\n";
    private static final String LAST = "GET /json HTTP/1.1\r\nHost: test\r\nConnection: x, Close\r\n\r\n";
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

    private final Responses responses = new Responses();
    private LocalServer server;
    private Client client;

    @BeforeEach
    void start() throws Exception {
        server = serving(Limits.DEFAULT);
        client = server.connect();
    }

    private LocalServer serving(Limits limits) throws Exception {
        return new LocalServer(stream -> new HttpConnection(stream, responses, limits).run());
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        server.close();
    }

    private String response() throws IOException {
        return response(client);
    }

    private static String response(Client client) throws IOException {
        var head = new StringBuilder();
        int length = 0;
        for (String line; !(line = client.line()).equals("\r"); ) {
            head.append(line).append('\n');
            if (line.startsWith("Content-Length: ")) {
                length = Integer.parseInt(line.substring(16).strip());
            }
        }
        return head + client.receive(length);
    }

    @Test
    void aConnectionServesManyRequestsUntilTheClientAsksForTheEnd() throws IOException {
        for (int i = 0; i < 3; i++) {
            client.send(GET);
            var response = response();
            assertTrue(response.startsWith("HTTP/1.1 200 OK\r"), response);
            assertTrue(response.contains("\nDate: "), response);
            assertTrue(response.endsWith("Hello, World!"), response);
        }
        client.send(LAST);
        assertTrue(response().endsWith("{\"message\":\"Hello, World!\"}"));
        assertEquals("", client.rest());
    }

    @Test
    void requestsThatComeTogetherAreAnsweredInOrder() throws IOException {
        client.send(GET.repeat(2000) + LAST);
        for (int i = 0; i < 2000; i++) {
            assertTrue(response().endsWith("Hello, World!"));
        }
        assertTrue(response().endsWith("}"));
        assertEquals("", client.rest());
    }

    @Test
    void aRequestMayComeByteByByte() throws IOException {
        for (char c : ("\r\n" + GET).toCharArray()) {
            client.send(String.valueOf(c));
        }
        assertTrue(response().startsWith("HTTP/1.1 200 OK"));
    }

    @Test
    void aBodyIsSkippedHoweverLongItIs() throws IOException {
        client.send("POST / HTTP/1.1\r\nHost: test\r\ncontent-LENGTH:  100000 \r\n\r\n"
                + "x".repeat(100_000) + LAST);
        var refused = response();
        assertTrue(refused.startsWith("HTTP/1.1 405"), refused);
        assertTrue(refused.contains("Allow: GET, HEAD"), refused);
        assertTrue(response().startsWith("HTTP/1.1 200"));
    }

    @Test
    void headHasNoBodyAndUnknownPathsAreNotFound() throws IOException {
        client.send("HEAD /plaintext?q=1 HTTP/1.1\r\nHost: t\r\n\r\nGET /nope HTTP/1.1\r\nHost: t\r\n\r\n");
        var head = new StringBuilder();
        for (String line; !(line = client.line()).equals("\r"); ) {
            head.append(line);
        }
        assertTrue(head.toString().contains("Content-Length: 13"), head.toString());
        assertTrue(response().startsWith("HTTP/1.1 404"));
    }

    /** As clients send it that take the server for a proxy. */
    @Test
    void aTargetMayBeAbsolute() throws IOException {
        client.send("GET http://test:80/json?q=/ HTTP/1.1\r\nHost: test\r\n\r\n"
                + "GET HTTP://test?q HTTP/1.1\r\nHost: test\r\n\r\nGET http:// HTTP/1.1\r\nHost: test\r\n\r\n");
        assertTrue(response().endsWith("{\"message\":\"Hello, World!\"}"));
        assertTrue(response().endsWith("\nHello, World!"));
        assertTrue(response().startsWith("HTTP/1.1 404"));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "nonsense\r\n\r\n",
        "GET /\r\n\r\n",
        "GET / HTTP/2.0\r\n\r\n",
        "GET  HTTP/1.1\r\nHost: t\r\n\r\n",
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: t\r\nhost: t\r\n\r\n",
        "GET / HTTP/1.1\r\nHost : t\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: t\r\n folded\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: t\r\nno colon\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: t\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: t\r\nContent-Length: -1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: t\r\nContent-Length: 9999999999999999999\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: t\r\nContent-Length:\r\n\r\n",
    })
    void whatIsNoRequestEndsTheConnectionWithAnAnswer(String request) throws IOException {
        client.send(GET + request);
        assertTrue(response().startsWith("HTTP/1.1 200"));
        var refused = response();
        assertTrue(refused.startsWith("HTTP/1.1 400"), refused);
        assertEquals("", client.rest());
    }

    /** Who takes one of these bytes for the end of a line, or for a blank, reads another request. */
    @Test
    void bytesThatSomeTakeForTheEndOfALineEndTheConnectionWithAnAnswer() throws IOException {
        for (String header : new String[] {
            "X: a\rTransfer-Encoding: chunked", "\rX: a", "X: a\0", "\13X: a", "Transfer-Encoding\13: chunked",
            "Transfer(Encoding: chunked", "Transf\u00e9r: a",
        }) {
            try (var other = server.connect()) {
                other.send("GET / HTTP/1.1\r\nHost: t\r\n" + header + "\r\n\r\n");
                var refused = other.rest();
                assertTrue(refused.startsWith("HTTP/1.1 400"), refused);
            }
        }
        client.send("\r\n\n\r\n" + GET);
        assertTrue(response().startsWith("HTTP/1.1 200"));
        client.send("\r" + GET);
        assertTrue(response().startsWith("HTTP/1.1 400"));
    }

    @Test
    void chunksAndHeadsThatAreTooLargeAreRefused() throws IOException {
        client.send("POST / HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n");
        assertTrue(response().startsWith("HTTP/1.1 501"));
        try (var other = server.connect()) {
            other.send("GET / HTTP/1.1\r\nX: " + "x".repeat(HttpConnection.BUFFER_BYTES));
            assertTrue(other.line().startsWith("HTTP/1.1 431"));
        }
    }

    @Test
    void theDateHasTwoDigitsForTheDay() {
        var third = ZonedDateTime.of(2024, 1, 3, 4, 5, 6, 0, ZoneOffset.UTC);
        assertEquals("Wed, 03 Jan 2024 04:05:06 GMT", Responses.date(third));
    }

    @Test
    void anOldClientGetsOneAnswer() throws IOException {
        client.send("GET / HTTP/1.0\r\n\r\n");
        assertTrue(response().startsWith("HTTP/1.1 200"));
        assertEquals("", client.rest());
    }

    private static final Limits SHORT_REQUEST =
            new Limits(Duration.ofMinutes(10), Duration.ofMillis(100), Duration.ofMinutes(10));

    @ParameterizedTest
    @ValueSource(strings = {
        "G", "\r\nG", "GET / HTTP/1.1\r\nHost: test\r\n", GET + "GET",
        "POST / HTTP/1.1\r\nHost: t\r\nContent-Length: 2\r\n\r\nx",
    })
    void aRequestWhoseRestDoesNotComeIsAnsweredAndEndsTheConnection(String part) throws Exception {
        try (var strict = serving(SHORT_REQUEST); var slow = strict.connect()) {
            slow.send(part);
            var all = slow.rest();
            var answer = all.substring(all.lastIndexOf("HTTP/1.1 "));
            assertTrue(answer.startsWith("HTTP/1.1 408 Request Timeout\r\n"), all);
            assertTrue(answer.contains("\r\nConnection: close\r\n"), all);
        }
    }

    /** A byte now and then does not buy time: the rest of the head is due at a moment that stays. */
    @Test
    @SuppressWarnings("try") // closed early: that ends the sending
    void aRequestThatTricklesInIsCutOff() throws Exception {
        try (var strict = serving(SHORT_REQUEST); var slow = strict.connect()) {
            slow.send("GET / HTTP/1.1\r\nHost: test\r\nX: ");
            var sending = new Thread(() -> {
                try {
                    for (;;) {
                        slow.send("x");
                        LockSupport.parkNanos(1_000_000);
                    }
                } catch (IOException e) {
                    // the server has had enough
                }
            });
            sending.start();
            try {
                assertTrue(slow.line().startsWith("HTTP/1.1 408"));
            } finally {
                sending.interrupt();
                slow.close();
                sending.join();
            }
        }
    }

    /** Each request has its own time, and so has the pause between two. */
    @Test
    void anIdleConnectionEndsWithoutAnAnswer() throws Exception {
        var limits = new Limits(Duration.ofMillis(100), Duration.ofMinutes(10), Duration.ofMinutes(10));
        try (var strict = serving(limits); var idle = strict.connect(); var never = strict.connect()) {
            idle.send(GET);
            assertTrue(idle.rest().endsWith("Hello, World!"));
            assertEquals("", never.rest());
        }
    }

    /** Long enough for a client to send what it has to, short enough to wait for. */
    private static final Limits SHORT_PAUSE =
            new Limits(Duration.ofMillis(500), Duration.ofMinutes(10), Duration.ofMinutes(10));

    /** RFC 9112, 2.2: some clients send one behind a body. It is no request, of which the rest would be missing. */
    @ParameterizedTest
    @ValueSource(strings = {"\r\n", "\n", "\r\n\r\n"})
    void anEmptyLineBeforeARequestDoesNotBeginIt(String lines) throws Exception {
        try (var strict = serving(SHORT_PAUSE); var idle = strict.connect()) {
            idle.send(GET + lines);
            assertTrue(idle.rest().endsWith("Hello, World!"));
        }
    }

    /** Half of it may come later. */
    @Test
    void anEmptyLineMayComeByteByByte() throws Exception {
        try (var strict = serving(SHORT_PAUSE); var idle = strict.connect()) {
            idle.send(GET + "\r");
            response(idle);
            idle.send("\n");
            assertEquals("", idle.rest());
        }
    }

    /** Nor do many of them keep an idle connection. */
    @Test
    void emptyLinesWithoutEndDoNotKeepAConnection() throws Exception {
        try (var strict = serving(SHORT_PAUSE); var idle = strict.connect()) {
            assertThrows(IOException.class, () -> {
                for (;;) {
                    idle.send("\r\n"); // until the server has closed
                }
            });
        }
    }

    /** Else what it asked for, and the connection, would be kept as long as it likes. */
    @Test
    void aClientThatDoesNotTakeItsAnswersIsCutOff() throws Exception {
        var limits = new Limits(Duration.ofMinutes(10), Duration.ofMinutes(10), Duration.ofMillis(100));
        try (var strict = serving(limits); var greedy = strict.connect()) {
            assertThrows(IOException.class, () -> {
                for (;;) {
                    greedy.send(GET.repeat(1_000)); // until the server has closed
                }
            });
        }
    }

    /** A read is ready each time, so no timeout around it ever elapses. */
    @Test
    void aRefusedClientThatNeverStopsSendingIsCutOff() throws Exception {
        try (var runtime = EdoRuntime.builder().currentThread().enableAll().build()) {
            var connection = new HttpConnection(flood(), responses, Limits.DEFAULT);
            runtime.blockOn(() -> connection.run());
        }
    }

    /** A stream that always has more to read, none of it a request; fails where that goes on being read. */
    private static TcpStream flood() {
        long startNanos = System.nanoTime();
        return (TcpStream) Proxy.newProxyInstance(
                TcpStream.class.getClassLoader(),
                new Class<?>[] {TcpStream.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "pollRead" -> {
                        assertTrue(System.nanoTime() - startNanos < PATIENCE_NANOS, "the server goes on reading");
                        yield fill((ByteBuffer) arguments[1]);
                    }
                    case "pollWrite" -> drain((ByteBuffer) arguments[1]);
                    case "pollShutdown" -> true;
                    default -> InvocationHandler.invokeDefault(proxy, method, arguments);
                });
    }

    private static int fill(ByteBuffer target) {
        int count = target.remaining();
        for (int i = 0; i < count; i++) {
            target.put((byte) (i % 2 == 0 ? 'x' : '\n'));
        }
        return count;
    }

    private static int drain(ByteBuffer source) {
        int count = source.remaining();
        source.position(source.limit());
        return count;
    }
}
