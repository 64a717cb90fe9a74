package dev.edo.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumberPropertyTest {
    private static final String NAME = "edo.test.numberProperty";

    @AfterEach
    void unset() {
        System.clearProperty(NAME);
    }

    private static int read() {
        return NumberProperty.read(NAME, 7, 1, 100);
    }

    @Test
    void aPropertyThatIsNotSetIsWhatTheCallerSays() {
        assertEquals(7, read());
        assertEquals(-1, NumberProperty.read(NAME, -1, 1, 100), "out of range");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", " 42 ", "100"})
    void aNumberInRangeIsRead(String value) {
        System.setProperty(NAME, value);
        assertEquals(Integer.parseInt(value.strip()), read());
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "", "0", "101", "1.5", "1_000", "0x10", "4294967297", "99999999999999999999"})
    void anythingElseIsRefusedByNameAndValue(String value) {
        System.setProperty(NAME, value);
        var thrown = assertThrows(IllegalArgumentException.class, NumberPropertyTest::read);
        assertEquals("system property " + NAME + "=" + value + ": expected a number from 1 to 100; correct -D" + NAME
                + ", or leave it out", thrown.getMessage());
    }
}
