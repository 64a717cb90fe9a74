package dev.edo.impl.signal;

import com.sun.jna.NativeLibrary;
import dev.edo.impl.contract.Eventually;
import dev.edo.signal.Signal;
import dev.edo.signal.SignalKind;

/** Sends signals, as {@code kill} does. */
final class Kill {
    private Kill() {}

    /** Sends one to this process. */
    static void self(SignalKind kind) {
        process(ProcessHandle.current().pid(), kind);
    }

    static void process(long pid, SignalKind kind) {
        var kill = NativeLibrary.getProcess().getFunction("kill");
        if (kill.invokeInt(new Object[] {(int) pid, kind.asRawValue()}) != 0) {
            throw new AssertionError("kill(" + pid + ", " + kind + ") failed");
        }
    }

    /**
     * Sends one to this process, and returns when it has come to all listeners: another one that was made just for
     * that has heard of it, and there is one order for all.
     */
    static void selfAndWait(SignalKind kind) throws Exception {
        try (var witness = Signal.listen(kind)) {
            self(kind);
            Eventually.returns("the arrival of " + kind, () -> witness.recv().await());
        }
    }
}
