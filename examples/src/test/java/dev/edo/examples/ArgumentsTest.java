package dev.edo.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ArgumentsTest {
    private static final Map<String, String> DEFAULTS = Map.of("--serve", "here", "--count", "3");

    @Test
    void whatIsNotGivenIsTheDefault() {
        assertEquals("here", Arguments.parse(DEFAULTS).text("--serve"));
        assertEquals("there", Arguments.parse(DEFAULTS, "--serve", "there").text("--serve"));
        assertEquals("a=b", Arguments.parse(DEFAULTS, "--serve=a=b").text("--serve"));
        assertEquals(7, Arguments.parse(DEFAULTS, "--count=7").number("--count", 1, 9));
    }

    @Test
    void whatCannotBeUsedIsNamed() {
        rejects("--other", "--other");
        rejects("--serve needs a value, such as here", "--serve");
        rejects("--count x: use a whole number, 1 to 9", "--count", "x");
        rejects("--count 10: use a whole number, 1 to 9", "--count", "10");
    }

    private static void rejects(String message, String... arguments) {
        var e = assertThrows(IllegalArgumentException.class,
                () -> Arguments.parse(DEFAULTS, arguments).number("--count", 1, 9));
        assertTrue(e.getMessage().contains(message), e.getMessage());
    }
}
