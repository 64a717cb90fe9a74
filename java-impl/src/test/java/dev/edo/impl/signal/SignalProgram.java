package dev.edo.impl.signal;

import dev.edo.Edo;
import dev.edo.future.Future;
import dev.edo.signal.Signal;
import dev.edo.signal.SignalKind;
import java.io.IOException;
import java.time.Duration;

/** What a JVM of its own runs that is sent signals; it says what it comes by, a line each. It does not wait for ever. */
final class SignalProgram {
    static final String READY = "ready";
    static final String HEARD = "heard";
    static final String HOOK = "shutdown hook";

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private SignalProgram() {}

    public static void main(String[] arguments) throws Exception {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println(HOOK)));
        switch (arguments[0]) {
            case "ctrl-c" -> Edo.run(SignalProgram::waitForCtrlC);
            case "child" -> waitForChild();
            default -> Edo.run(() -> waitFor(SignalKind.fromRaw(SignalNames.number(arguments[0]))));
        }
    }

    private static void waitForCtrlC() throws Exception {
        var ctrlC = Edo.ctrlC();
        Future.of(cx -> {
            var polled = ctrlC.poll(cx);
            System.out.println(polled.isReady() ? HEARD : READY);
            return polled;
        }).timeout(LIMIT).await();
    }

    private static void waitFor(SignalKind kind) throws Exception {
        try (var listener = Signal.listen(kind)) {
            System.out.println(READY);
            listener.recv().timeout(LIMIT).await();
            System.out.println(HEARD);
        } catch (IOException e) {
            System.out.println(e.getMessage());
        }
    }

    /** Before anything else in this JVM could have used processes: it listens, and only then starts a runtime. */
    private static void waitForChild() throws Exception {
        try (var listener = Signal.listen(SignalKind.child())) {
            var child = new ProcessBuilder("true").start();
            Edo.run(() -> listener.recv().timeout(LIMIT).await());
            System.out.println(HEARD + " exit code " + child.waitFor());
        }
    }
}
