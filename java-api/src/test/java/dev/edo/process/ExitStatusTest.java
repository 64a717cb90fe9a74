package dev.edo.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** The number that the system reports, taken apart. */
class ExitStatusTest {
    @Test
    void codesAreTold() {
        var success = ExitStatus.fromRaw(0);
        assertTrue(success.success());
        assertEquals(OptionalInt.of(0), success.code());
        assertEquals(OptionalInt.empty(), success.signal());
        assertEquals("exit code 0", success.toString());
        for (int code : new int[] {1, 127, 128, 255}) {
            var status = ExitStatus.fromRaw(code << 8);
            assertFalse(status.success());
            assertEquals(OptionalInt.of(code), status.code());
            assertEquals(OptionalInt.empty(), status.signal());
            assertFalse(status.coreDumped());
            assertEquals("exit code " + code, status.toString());
        }
    }

    @Test
    void signalsAreTold() {
        var killed = ExitStatus.fromRaw(9);
        assertFalse(killed.success());
        assertEquals(OptionalInt.empty(), killed.code());
        assertEquals(OptionalInt.of(9), killed.signal());
        assertFalse(killed.coreDumped());
        assertEquals("signal 9", killed.toString());
        var dumped = ExitStatus.fromRaw(0x80 | 11);
        assertEquals(OptionalInt.of(11), dumped.signal());
        assertTrue(dumped.coreDumped());
        assertEquals("signal 11 (core dumped)", dumped.toString());
    }

    /** As {@code waitpid} of other code may report them: stopped by a signal, and gone on. */
    @Test
    void whatHasNotEndedHasNeitherCodeNorSignal() {
        for (int raw : new int[] {0x7f | 19 << 8, 0xffff}) {
            var status = ExitStatus.fromRaw(raw);
            assertFalse(status.success());
            assertEquals(OptionalInt.empty(), status.code());
            assertEquals(OptionalInt.empty(), status.signal());
            assertFalse(status.coreDumped());
            assertEquals("not ended (raw=" + raw + ")", status.toString());
        }
    }

    @Test
    void equalNumbersAreEqual() {
        assertEquals(ExitStatus.fromRaw(256), ExitStatus.fromRaw(256));
        assertEquals(ExitStatus.fromRaw(256).hashCode(), ExitStatus.fromRaw(256).hashCode());
        assertNotEquals(ExitStatus.fromRaw(256), ExitStatus.fromRaw(1));
        assertEquals(256, ExitStatus.fromRaw(256).raw());
    }
}
