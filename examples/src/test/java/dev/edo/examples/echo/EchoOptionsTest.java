package dev.edo.examples.echo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.runtime.RuntimeFlavor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EchoOptionsTest {
    @Test
    void withoutArgumentsTheDefaultsHold() {
        var options = EchoOptions.parse();
        assertEquals(50, options.connections());
        assertEquals(64, options.payloadBytes());
        assertEquals(Duration.ofSeconds(10), options.duration());
        assertEquals(Duration.ofSeconds(1), options.warmup());
        assertEquals(0, options.requestsPerSecond());
        assertEquals(ServerStyle.DIRECT, options.style());
        assertEquals(RuntimeFlavor.MULTI_THREAD, options.flavor());
        assertNull(options.serve());
        assertNull(options.connect());
        assertNull(options.json());
    }

    @Test
    void eachOptionIsRead() {
        var options = EchoOptions.parse("--connections", "7", "--payload=9", "--seconds", "0.5", "--warmup=0",
                "--rate", "1000", "--connect", "127.0.0.1:7000", "--style", "stackless", "--flavor=multi",
                "--workers", "3", "--json", "report.json");
        assertEquals(7, options.connections());
        assertEquals(9, options.payloadBytes());
        assertEquals(Duration.ofMillis(500), options.duration());
        assertEquals(Duration.ZERO, options.warmup());
        assertEquals(1000, options.requestsPerSecond());
        var connect = options.connect();
        assertNotNull(connect);
        assertEquals("127.0.0.1", connect.getAddress().getHostAddress());
        assertEquals(7000, connect.getPort());
        assertEquals(ServerStyle.STACKLESS, options.style());
        assertEquals(3, options.workers());
        assertEquals(Path.of("report.json"), options.json());
    }

    @Test
    void ipv6AddressesStandInBrackets() {
        var serve = EchoOptions.parse("--serve", "[::1]:0").serve();
        assertNotNull(serve);
        assertEquals("0:0:0:0:0:0:0:1", serve.getAddress().getHostAddress());
        assertEquals(0, serve.getPort());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --connections | 0         | --connections 0: use a whole number, 1 to 1,000,000
            --connections | 1000001   | --connections 1000001: use a whole number, 1 to 1,000,000
            --connections | many      | --connections many: use a whole number, 1 to 1,000,000
            --connections | 99999999999 | --connections 99999999999: use a whole number, 1 to 1,000,000
            --payload     | 0         | --payload 0: use a whole number, 1 to 16,777,216
            --seconds     | 0         | --seconds 0: use seconds, 0.1 to 86,400.0
            --seconds     | NaN       | --seconds NaN: use seconds, 0.1 to 86,400.0
            --warmup      | -1        | --warmup -1: use seconds, 0.0 to 3,600.0
            --rate        | -1        | --rate -1: use a whole number, 0 to 100,000,000
            --workers     | 0         | --workers 0: use a whole number, 1 to 32,767
            --style       | virtual   | --style virtual: use direct or stackless
            --flavor      | both      | --flavor both: use multi or current
            --serve       | 7000      | --serve 7000: use HOST:PORT, port 0 to 65535
            --serve       | :7000     | --serve :7000: use HOST:PORT, port 0 to 65535
            --connect     | [::1]:0   | --connect [::1]:0: use HOST:PORT, port 1 to 65535
            --connect     | a:65536   | --connect a:65536: use HOST:PORT, port 1 to 65535
            --json        | none/file | --json none/file: use a file in a directory that exists
            """)
    void aWrongValueIsReportedWithTheOptionTheValueAndTheRange(String name, String value, String message) {
        assertEquals(message, rejected(name, value));
        assertEquals(message, rejected(name + "=" + value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--connections", "--payload", "--seconds", "--warmup", "--rate", "--serve",
        "--connect", "--style", "--flavor", "--workers", "--json"})
    void aMissingValueIsReportedWithWhatIsPossible(String name) {
        assertTrue(rejected(name).startsWith(name + " needs a value: "), rejected(name));
        assertTrue(rejected(name + "=").startsWith(name + " needs a value: "), rejected(name));
    }

    @Test
    void unknownOptionsAreReported() {
        assertEquals("unknown option --conections; --help lists all", rejected("--conections", "50"));
        assertEquals("unknown option 50; --help lists all", rejected("50"));
    }

    @Test
    void optionsThatContradictEachOtherAreReported() {
        assertEquals("--serve and --connect exclude each other: run two processes",
                rejected("--serve", "127.0.0.1:7000", "--connect", "127.0.0.1:7000"));
        assertEquals("--workers 2: --flavor current has one thread",
                rejected("--workers", "2", "--flavor", "current"));
    }

    @Test
    void theHelpNamesEachOptionThatIsRead() {
        var named = Pattern.compile("--[a-z]+").matcher(EchoOptions.HELP).results()
                .map(match -> match.group()).distinct().filter(name -> !name.equals("--help")).toList();
        assertEquals(11, named.size());
        for (var name : named) {
            assertTrue(rejected(name).startsWith(name + " needs a value: "), name);
        }
    }

    private static String rejected(String... arguments) {
        var message = assertThrows(InvalidOption.class, () -> EchoOptions.parse(arguments)).getMessage();
        assertNotNull(message);
        return message;
    }
}
