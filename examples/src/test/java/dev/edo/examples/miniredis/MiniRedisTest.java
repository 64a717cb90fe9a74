package dev.edo.examples.miniredis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edo.examples.Client;
import dev.edo.examples.LocalServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class MiniRedisTest {
    private final Store store = new Store();
    private final AtomicInteger deleted = new AtomicInteger();
    private LocalServer server;
    private Client client;

    @BeforeEach
    void start() throws Exception {
        var channels = new Channels();
        server = new LocalServer(stream -> new Session(stream, store, channels).run());
        server.spawn(() -> store.endLeases());
        client = server.connect();
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        server.close();
    }

    /** Sends words and checks the answer, in which | stands for the end of a line. */
    private static void expect(Client client, String answer, String... words) throws IOException {
        client.send(resp(words));
        String lines = answer.replace("|", "\r\n") + "\r\n";
        assertEquals(lines, client.receive(lines.length()));
    }

    private static String resp(String... words) {
        var text = new StringBuilder("*" + words.length + "\r\n");
        for (var word : words) {
            text.append('$').append(word.length()).append("\r\n").append(word).append("\r\n");
        }
        return text.toString();
    }

    @ParameterizedTest
    @CsvSource({
        "+PONG, PING",
        "$2|hi, PING hi",
        "$2|hi, ECHO hi",
        "$-1, GET missing",
        "+OK, SET k v",
        ":0, DEL missing",
        ":0, EXISTS missing missing",
        ":1, INCR fresh",
        ":-2, TTL missing",
        ":0, EXPIRE missing 10",
        ":0, PUBLISH nobody hello",
        "*0, COMMAND DOCS",
        ":15, COMMAND COUNT",
        "*2|$4|save|$0|, CONFIG GET save",
        "*2|$10|appendonly|$2|no, CONFIG GET appendonly",
        "*3|$11|unsubscribe|$-1|:0, UNSUBSCRIBE",
        "-ERR unknown command 'NOPE', NOPE",
        "-ERR wrong number of arguments for 'get' command, GET",
        "-ERR syntax error, SET k v NX",
        "-ERR syntax error, SET k v ZX 1",
        "-ERR invalid expire time in 'set' command, SET k v PX 0",
        "-ERR invalid expire time in 'set' command, SET k v EX 99999999999",
        "-ERR invalid expire time in 'set' command, SET k v PX 9223372036854775807",
        "-ERR invalid expire time in 'expire' command, EXPIRE k 9223372036854775807",
        "-ERR value is not an integer or out of range, SET k v EX x",
        "-ERR value is not an integer or out of range, EXPIRE k x",
    })
    void answersAsRedisDoes(String answer, String command) throws IOException {
        expect(client, answer, command.split(" "));
    }

    @Test
    void valuesComeBackWithAllTheirBytes() throws IOException {
        String value = "a\r\n\u0000\u00ff".repeat(40_000);
        expect(client, "+OK", "SET", "k", value);
        expect(client, "$" + value.length() + "|" + value, "GET", "k");
        expect(client, "$" + value.length() + "|" + value, "ECHO", value);
        expect(client, ":2", "EXISTS", "k", "k");
        expect(client, ":1", "DEL", "k", "k");
        expect(client, "$-1", "GET", "k");
    }

    @Test
    void aPipelineIsAnsweredInOrderByteByByteOrAtOnce() throws IOException {
        String one = resp("INCR", "n") + "PING\r\n";
        client.send(one.repeat(5_000));
        for (int i = 1; i <= 5_000; i++) {
            assertEquals(":" + i + "\r", client.line());
            assertEquals("+PONG\r", client.line());
        }
        for (char c : resp("INCR", "n").toCharArray()) {
            client.send(String.valueOf(c));
        }
        assertEquals(":5001\r", client.line());
    }

    @Test
    void anAnswerNamesNoMoreThanTheBeginningOfALongName() throws IOException {
        expect(client, "-ERR unknown command '" + "x".repeat(128) + "'", "x".repeat(1_000_000));
        expect(client, "+PONG", "PING");
    }

    @Test
    void countersCountAndSayWhenTheyCannot() throws IOException {
        expect(client, "+OK", "SET", "n", "9223372036854775806");
        expect(client, ":9223372036854775807", "INCR", "n");
        expect(client, "-ERR increment or decrement would overflow", "INCR", "n");
        expect(client, "+OK", "SET", "n", "one");
        expect(client, "-ERR value is not an integer or out of range", "INCR", "n");
        expect(client, "$3|one", "GET", "n");
    }

    @Test
    void valuesEndWhenTheirTimeIsOver() throws IOException, InterruptedException {
        expect(client, "+OK", "SET", "k", "v", "EX", "100");
        expect(client, ":100", "TTL", "k");
        expect(client, "+OK", "SET", "k", "v"); // for ever again
        expect(client, ":-1", "TTL", "k");
        expect(client, ":1", "EXPIRE", "k", "50");
        expect(client, ":50", "TTL", "k");
        expect(client, ":1", "EXPIRE", "k", "-1");
        expect(client, "$-1", "GET", "k");
        expect(client, "+OK", "SET", "n", "1", "PX", "20");
        expect(client, ":2", "INCR", "n"); // keeps its time
        do {
            Thread.sleep(1);
            client.send(resp("GET", "n"));
        } while (!client.line().equals("$-1\r") && client.line() != null);
        expect(client, ":-2", "TTL", "n");
        expect(client, ":1", "INCR", "n");
        expect(client, ":-1", "TTL", "n");
    }

    /** The store lets go of values that nobody asks for again. */
    @Test
    void expiredValuesLeaveTheStoreByThemselves() throws Exception {
        for (int i = 0; i < 500; i++) {
            expect(client, "+OK", "SET", "k" + i, "v", "PX", Integer.toString(1 + i % 20));
            expect(client, "+OK", "SET", "long" + i, "v", "EX", "100");
            expect(client, "+OK", "SET", "long" + i, "v");
        }
        while (store.size() > 500 || store.leases() > 0) {
            Thread.sleep(1);
        }
        assertEquals(500, store.size());
    }

    @Test
    void messagesReachThoseWhoListen() throws IOException {
        try (var other = server.connect()) {
            expect(client, "*3|$9|subscribe|$1|a|:1|*3|$9|subscribe|$1|b|:2", "SUBSCRIBE", "a", "b");
            expect(other, "*3|$9|subscribe|$1|b|:1", "SUBSCRIBE", "b");
            try (var publisher = server.connect()) {
                expect(publisher, ":1", "PUBLISH", "a", "one");
                expect(publisher, ":2", "PUBLISH", "b", "two");
            }
            assertEquals("*3\r\n$7\r\nmessage\r\n$1\r\na\r\n$3\r\none\r\n", client.receive(33));
            assertEquals("*3\r\n$7\r\nmessage\r\n$1\r\nb\r\n$3\r\ntwo\r\n", client.receive(33));
            assertEquals("*3\r\n$7\r\nmessage\r\n$1\r\nb\r\n$3\r\ntwo\r\n", other.receive(33));
            expect(client, "*2|$4|pong|$0|", "PING");
            expect(client, "-ERR Can't execute 'get': only SUBSCRIBE / UNSUBSCRIBE / PING / QUIT are allowed"
                    + " in this context", "GET", "k");
            expect(client, "*3|$11|unsubscribe|$1|a|:1|*3|$11|unsubscribe|$1|b|:0", "UNSUBSCRIBE");
            expect(client, "$-1", "GET", "k");
        }
    }

    @Test
    void whatIsNoCommandEndsTheConnectionWithAnAnswer() throws IOException {
        client.send("PING\r\n*1\r\nnonsense\r\n");
        assertEquals("+PONG\r\n-ERR Protocol error: expected '$', got 'n'\r\n", client.rest());
        try (var leaving = server.connect()) {
            leaving.send(resp("QUIT") + resp("PING"));
            assertEquals("+OK\r\n", leaving.rest());
        }
    }

    /**
     * The race: sessions on two workers count in the same key while others take that key out. Each
     * increment is applied to a value that is in the store, so the sums of all lives add up.
     */
    @Test
    void noIncrementIsLostWhileTheKeyIsTakenOut() throws Exception {
        int sessions = 4;
        int increments = 5_000;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var counting = new ArrayList<Future<Integer>>();
            for (int i = 0; i < sessions; i++) {
                counting.add(threads.submit(counting(increments)));
            }
            int restarts = 0;
            for (var count : counting) {
                restarts += count.get();
            }
            client.send(resp("EXISTS", "n"));
            int alive = client.line().equals(":1\r") ? 1 : 0;
            // Each life of the key begins with one answer of 1, and ends with one DEL that found it.
            assertEquals(restarts, deleted.get() + alive);
        }
    }

    private Callable<Integer> counting(int increments) {
        return () -> {
            int restarts = 0;
            try (var session = server.connect()) {
                for (int i = 0; i < increments; i += 50) {
                    session.send(resp("INCR", "n").repeat(50) + resp("DEL", "n"));
                    for (int j = 0; j < 50; j++) {
                        restarts += session.line().equals(":1\r") ? 1 : 0;
                    }
                    deleted.addAndGet(session.line().equals(":1\r") ? 1 : 0);
                }
            }
            return restarts;
        };
    }
}
