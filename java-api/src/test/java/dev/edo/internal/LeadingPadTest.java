package dev.edo.internal;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import org.junit.jupiter.api.Test;

/** The JVM lays fields out as it likes, and fills what holes it finds: none of a subclass may lie before the pad. */
class LeadingPadTest {
    private static final int PAD_BYTES = 128;

    @SuppressWarnings("unused") // one of each size
    private static final class Padded extends LeadingPad {
        byte one;
        short two;
        int four;
        long eight;
        Object reference;
    }

    @Test
    void allFieldsOfASubclassLieBehindThePad() throws Exception {
        var type = Class.forName("sun.misc.Unsafe");
        var field = type.getDeclaredField("theUnsafe");
        field.setAccessible(true);
        var unsafe = field.get(null);
        var offsetOf = type.getMethod("objectFieldOffset", Field.class);
        for (var own : Padded.class.getDeclaredFields()) {
            long offset = (long) offsetOf.invoke(unsafe, own);
            assertTrue(offset >= PAD_BYTES, own + " lies at " + offset);
        }
    }
}
