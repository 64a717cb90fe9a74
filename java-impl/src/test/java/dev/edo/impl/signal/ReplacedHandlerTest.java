package dev.edo.impl.signal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.future.Context;
import dev.edo.impl.contract.Eventually;
import dev.edo.signal.Signal;
import dev.edo.signal.SignalKind;
import java.lang.reflect.Proxy;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

/** What becomes of a handler that the program has set before. */
class ReplacedHandlerTest {
    private static final String NAME = "CONT";

    // By reflection: javac warns of each mention of these classes.
    private static void handle(Object handler) throws ReflectiveOperationException {
        var signal = Class.forName("sun.misc.Signal");
        signal.getMethod("handle", signal, Class.forName("sun.misc.SignalHandler"))
                .invoke(null, signal.getConstructor(String.class).newInstance(NAME), handler);
    }

    @Test
    void theProgramsOwnHandlerIsStillCalled() throws Exception {
        var called = new LinkedBlockingQueue<String>();
        var type = Class.forName("sun.misc.SignalHandler");
        handle(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (_, method, arguments) -> {
            assertEquals("handle", method.getName());
            called.add(arguments[0].toString());
            return null;
        }));
        var kind = SignalKind.fromRaw(SignalNames.number(NAME));
        try (var listener = Signal.listen(kind); var another = Signal.listen(kind)) {
            Kill.selfAndWait(kind);
            assertEquals("SIG" + NAME, Eventually.next("the call of the handler", called));
            assertTrue(listener.pollRecv(Context.of(() -> {})).isReady());
            assertTrue(another.pollRecv(Context.of(() -> {})).isReady());
        }
        Kill.selfAndWait(kind);
        assertEquals("SIG" + NAME, Eventually.next("the call of the handler", called));
        assertTrue(called.isEmpty());
    }
}
