package dev.edo.examples.miniredis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandTest {
    private final Command command = new Command();

    private static ByteBuffer buffer(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private List<String> words() {
        var words = new ArrayList<String>();
        for (int i = 0; i < command.words(); i++) {
            words.add(command.text(i));
        }
        return words;
    }

    @Test
    void aPipelineIsTakenApartWhereverItIsCut() throws ProtocolError {
        String pipeline = "*3\r\n$3\r\nSET\r\n$3\r\nkey\r\n$5\r\na\r\nb!\r\nPING\r\n\r\n"
                + "*1\r\n$4\r\nQUIT\r\n*2\r\n$3\r\nGET\r\n$0\r\n\r\n";
        var expected = List.of(
                List.of("SET", "key", "a\r\nb!"),
                List.of("PING"),
                List.of(),
                List.of("QUIT"),
                List.of("GET", ""));
        for (int cut = 0; cut <= pipeline.length(); cut++) {
            var in = buffer(pipeline);
            var found = new ArrayList<List<String>>();
            in.limit(cut);
            while (command.parse(in)) {
                found.add(words());
            }
            in.limit(pipeline.length());
            while (command.parse(in)) {
                found.add(words());
            }
            assertEquals(expected, found, "cut=" + cut);
            assertFalse(in.hasRemaining());
        }
    }

    /** As a session does it: what is left moves to the front before the next piece is read. */
    @Test
    void aPipelineIsTakenApartInPiecesOfAnySize() throws ProtocolError {
        String pipeline = "*3\r\n$3\r\nSET\r\n$3\r\nkey\r\n$5\r\na\r\nb!\r\nPING now\r\n*0\r\n"
                + "*2\r\n$3\r\nGET\r\n$0\r\n\r\n*1\r\n$4\r\nQUIT\r\n";
        var expected = List.of(
                List.of("SET", "key", "a\r\nb!"),
                List.of("PING", "now"),
                List.of(),
                List.of("GET", ""),
                List.of("QUIT"));
        for (int size = 1; size <= pipeline.length(); size++) {
            var in = ByteBuffer.allocate(2 * pipeline.length());
            var found = new ArrayList<List<String>>();
            for (int from = 0; from < pipeline.length(); from += size) {
                in.put(buffer(pipeline.substring(from, Math.min(pipeline.length(), from + size)))).flip();
                while (command.parse(in)) {
                    found.add(words());
                }
                in.compact();
            }
            assertEquals(expected, found, "size=" + size);
        }
    }

    /** Else a command of many words that comes byte by byte would cost the square of its length. */
    @Test
    void whatWasUnderstoodIsNotLookedAtAgain() throws ProtocolError {
        String text = "*3\r\n$3\r\nSET\r\n$3\r\nkey\r\n$2\r\nhi\r\n";
        var in = buffer(text);
        in.limit(text.indexOf("hi"));
        assertFalse(command.parse(in));
        for (int i = 0; i < text.indexOf("SET"); i++) {
            in.put(i, (byte) '!');
        }
        in.limit(text.length());
        assertTrue(command.parse(in));
        assertEquals(List.of("SET", "key", "hi"), words());
        assertFalse(in.hasRemaining());
    }

    @Test
    void wordsOfALineMayBeOfAnyLanguage() throws ProtocolError {
        assertTrue(command.parse(ByteBuffer.wrap("SET k gr\u00fcn\r\n".getBytes(StandardCharsets.UTF_8))));
        assertEquals(List.of("SET", "k", "gr\u00fcn"), words());
    }

    @Test
    void manyWordsFit() throws ProtocolError {
        var text = new StringBuilder("*1000\r\n");
        text.append("$1\r\nx\r\n".repeat(1000));
        assertTrue(command.parse(buffer(text.toString())));
        assertEquals(1000, command.words());
    }

    /** As Redis does it: in double quotes a backslash means something, in single ones before a quote only. */
    @Test
    void quotedWordsOfALineAreOne() throws ProtocolError {
        expectWords("SET k \"hello world\"", "SET", "k", "hello world");
        expectWords("SET k 'hello  world'\r", "SET", "k", "hello  world");
        expectWords("SET \"\" ''", "SET", "", "");
        expectWords("SET k \"a\\n\\r\\t\\b\\a\\\\\\\"\\q\"", "SET", "k", "a\n\r\t\b\u0007\\\"q");
        expectWords("SET k \"\\x41\\x7a\\xFF\\x4\"", "SET", "k", "Az\u00ffx4");
        expectWords("SET k 'a\\n\\'b\\x41'", "SET", "k", "a\\n'b\\x41");
        expectWords("SET k it\"s\" x", "SET", "k", "its", "x");
        expectWords("SET k back\\slash", "SET", "k", "back\\slash");
        expectWords("\"P\"   ING  ", "P", "ING");
    }

    private void expectWords(String line, String... words) throws ProtocolError {
        var in = buffer(line + "\nPING\n");
        assertTrue(command.parse(in));
        var found = new ArrayList<String>();
        for (int i = 0; i < command.words(); i++) {
            found.add(new String(command.bytes(i), StandardCharsets.ISO_8859_1));
        }
        assertEquals(List.of(words), found);
        assertTrue(command.parse(in));
        assertSame(CommandName.PING, command.name());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "SET k \"v", "SET k 'v", "SET k \"a\"b", "SET k 'a'\"b\"", "SET k \"a\\", "\"", "SET k 'a\\'", "'a\n'",
    })
    void quotesWithoutTheirOtherHalfAreRefused(String line) {
        var thrown = assertThrows(ProtocolError.class, () -> command.parse(buffer(line + "\r\n")));
        assertEquals("unbalanced quotes in request", thrown.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "*x\r\n", "*1\r\n:1\r\n", "*1\r\n$-1\r\n", "*1\r\n$\r\n", "*99999999999\r\n", "*1\r\n$999999999\r\n",
        "*1\r\n$00000000000000000001", "*+1\r\n",
    })
    void whatIsNoCommandIsRefused(String text) {
        assertThrows(ProtocolError.class, () -> command.parse(buffer(text)));
    }

    @Test
    void namesAreFoundInLargeAndSmallLetters() throws ProtocolError {
        for (var name : CommandName.values()) {
            assertTrue(command.parse(buffer(name.lowercase() + " x\r\n")));
            assertSame(name, command.name());
        }
        assertTrue(command.parse(buffer("PINGS\r\n")));
        assertNull(command.name());
        assertTrue(command.parse(buffer("*1\r\n$0\r\n\r\n")));
        assertNull(command.name());
    }

    @ParameterizedTest
    @ValueSource(longs = {
        0, 1, -1, 9, 10, -10, 1234567890123L, Long.MAX_VALUE, Long.MIN_VALUE, Long.MIN_VALUE + 1,
    })
    void numbersComeBack(long number) {
        var bytes = Decimal.bytes(number);
        assertEquals(Long.toString(number), new String(bytes, StandardCharsets.US_ASCII));
        assertEquals(number, Decimal.parse(bytes));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "-", "+1", "01", "-0", " 1", "1 ", "1.0", "9223372036854775808", "-9223372036854775809",
        "99999999999999999999", "x",
    })
    void whatIsNoNumberIsRefused(String text) {
        assertThrows(NumberFormatException.class,
                () -> Decimal.parse(text.getBytes(StandardCharsets.US_ASCII)));
    }
}
