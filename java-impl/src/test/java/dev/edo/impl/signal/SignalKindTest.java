package dev.edo.impl.signal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.signal.SignalKind;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SignalKindTest {
    private static final boolean MACOS = System.getProperty("os.name").startsWith("Mac");

    private static Map<SignalKind, String> named() {
        var kinds = new LinkedHashMap<SignalKind, String>();
        kinds.put(SignalKind.alarm(), "SIGALRM");
        kinds.put(SignalKind.child(), "SIGCHLD");
        kinds.put(SignalKind.hangup(), "SIGHUP");
        kinds.put(SignalKind.interrupt(), "SIGINT");
        kinds.put(SignalKind.io(), "SIGIO");
        kinds.put(SignalKind.pipe(), "SIGPIPE");
        kinds.put(SignalKind.quit(), "SIGQUIT");
        kinds.put(SignalKind.terminate(), "SIGTERM");
        kinds.put(SignalKind.userDefined1(), "SIGUSR1");
        kinds.put(SignalKind.userDefined2(), "SIGUSR2");
        kinds.put(SignalKind.windowChange(), "SIGWINCH");
        return kinds;
    }

    @Test
    void eachKindIsASignalOfItsOwnWithTheNameOfTheSystem() {
        var kinds = named();
        assertEquals(11, kinds.size());
        kinds.forEach((kind, name) -> assertEquals(name, kind.toString()));
    }

    @Test
    void theNumberIsThatOfTheSystem() {
        assertEquals(1, SignalKind.hangup().asRawValue());
        assertEquals(2, SignalKind.interrupt().asRawValue());
        assertEquals(15, SignalKind.terminate().asRawValue());
        assertEquals(MACOS ? 20 : 17, SignalKind.child().asRawValue());
        assertEquals(MACOS ? 30 : 10, SignalKind.userDefined1().asRawValue());
    }

    @Test
    void aNumberMakesTheSameKind() {
        named().forEach((kind, name) -> {
            var raw = SignalKind.fromRaw(kind.asRawValue());
            assertEquals(kind, raw);
            assertEquals(kind.hashCode(), raw.hashCode());
            assertEquals(name, raw.toString());
        });
        assertNotEquals(SignalKind.hangup(), SignalKind.interrupt());
        assertEquals("signal 40", SignalKind.fromRaw(40).toString());
        assertEquals(-1, SignalKind.fromRaw(-1).asRawValue());
    }

    @Test
    void aRequestForInformationIsHeardWhereTheSystemHasIt() throws Exception {
        if (MACOS) {
            assertEquals("SIGINFO", SignalKind.info().toString());
            Kill.selfAndWait(SignalKind.info());
        } else {
            var thrown = assertThrows(UnsupportedOperationException.class, SignalKind::info);
            assertTrue(String.valueOf(thrown.getMessage()).endsWith("has no signal SIGINFO"), thrown.getMessage());
        }
    }
}
