package dev.edo.impl.signal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.jna.Callback;
import com.sun.jna.CallbackReference;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import dev.edo.Edo;
import dev.edo.future.Context;
import dev.edo.signal.Signal;
import dev.edo.signal.SignalKind;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be listened to, and that it stays as it was. */
class RefusedSignalsTest {
    private static String refusal(SignalKind kind) {
        return String.valueOf(assertThrows(IOException.class, () -> Signal.listen(kind)).getMessage());
    }

    private static SignalKind named(String name) {
        return SignalKind.fromRaw(SignalNames.number(name));
    }

    private static Pointer handlerOf(SignalKind kind, Pointer put) {
        var signal = NativeLibrary.getProcess().getFunction("signal");
        return signal.invokePointer(new Object[] {kind.asRawValue(), put});
    }

    @ParameterizedTest
    @CsvSource({
        "KILL, the system lets no process handle it",
        "STOP, the system lets no process handle it",
        "SEGV, the JVM finds errors of the code that it runs by it",
        "BUS, the JVM finds errors of the code that it runs by it",
        "FPE, the JVM finds errors of the code that it runs by it",
        "ILL, the JVM finds errors of the code that it runs by it",
        "QUIT, the JVM answers it with a thread dump",
    })
    void whatTheSystemOrTheJvmKeepsIsRefusedByName(String name, String reason) {
        var kind = named(name);
        assertEquals("cannot listen to SIG" + name + " (" + kind.asRawValue() + "): " + reason, refusal(kind));
        assertEquals(refusal(kind), refusal(kind)); // asked again
    }

    // Flight Recorder would take no samples any more, and each attempt would be a signal to the listener.
    @Test
    void theSignalThatSuspendsThreadsIsRefusedAndTheRemedyNamed() {
        var message = refusal(SignalKind.userDefined2());
        assertTrue(message.startsWith("cannot listen to SIGUSR2 ("), message);
        assertTrue(message.contains("_JAVA_SR_SIGNUM"), message);
    }

    @Test
    void theSignalThatSuspendsThreadsIsChosenAsTheJvmDoes() {
        int usual = SignalKind.userDefined2().asRawValue();
        assertEquals(usual, ReservedSignals.suspendNumber(null, 64));
        assertEquals(40, ReservedSignals.suspendNumber("40", 64));
        assertEquals(64, ReservedSignals.suspendNumber(" 64 ", 64));
        assertEquals(usual, ReservedSignals.suspendNumber("65", 64));
        assertEquals(usual, ReservedSignals.suspendNumber("11", 64));
        assertEquals(usual, ReservedSignals.suspendNumber("USR1", 64));
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 40, 64, 65, 1302, Integer.MAX_VALUE})
    void aNumberWithoutANameIsRefused(int number) {
        var message = refusal(SignalKind.fromRaw(number));
        assertTrue(message.startsWith("cannot listen to signal " + number + ": "), message);
    }

    // Of a profiler, for instance: replaced, it would work no more and nobody would know why.
    @Test
    void aSignalThatNativeCodeHandlesIsLeftToIt() {
        Callback callback = new Callback() {
            @SuppressWarnings("unused") // called by name
            public void callback(int signal) {}
        };
        var own = CallbackReference.getFunctionPointer(callback);
        var kind = named("URG");
        var before = handlerOf(kind, own);
        try {
            var message = refusal(kind);
            assertEquals("cannot listen to SIGURG (" + kind.asRawValue() + "): native code in this process handles it",
                    message);
            assertEquals(own, handlerOf(kind, own));
        } finally {
            handlerOf(kind, before);
        }
    }

    // The JVM handles it, but only to ignore it.
    @Test
    void writesToClosedPipesCanBeListenedTo() throws Exception {
        try (var listener = Signal.listen(SignalKind.pipe())) {
            Kill.selfAndWait(SignalKind.pipe());
            assertTrue(listener.pollRecv(Context.of(() -> {})).isReady());
        }
    }

    @Test
    void ctrlCIsSpentWhenItHasEnded() throws Exception {
        var given = Edo.ctrlC();
        given.cancel();
        assertThrows(IllegalStateException.class, () -> given.poll(Context.of(() -> {})));
    }
}
