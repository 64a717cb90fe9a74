package dev.edo.impl.signal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.impl.contract.Eventually;
import dev.edo.signal.SignalKind;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Signals to a process of its own: what its JVM does by default, and how it was started. */
class SignalProcessTest {
    private static final int BY_SIGNAL = 128;

    /**
     * A program that was started, and said what it says first.
     *
     * @param process the program
     * @param output what it says, errors and log lines among it
     * @param first the first line
     */
    private record Started(Process process, BufferedReader output, String first) implements AutoCloseable {
        /** What it says from here to its end, and at last its exit code. */
        List<String> rest() throws Exception {
            var lines = new ArrayList<>(output.lines().toList());
            lines.add("exit code " + process.waitFor());
            return lines;
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }

    private static List<String> command(List<String> jvmArguments, String program) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmArguments);
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"),
                SignalProgram.class.getName(), program));
        return command;
    }

    private static Started start(List<String> command, Map<String, String> environment) throws Exception {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        var process = builder.start();
        process.getOutputStream().close();
        var output = process.inputReader(StandardCharsets.UTF_8);
        return new Started(process, output, String.valueOf(output.readLine()));
    }

    private static Started start(String program) throws Exception {
        return start(command(List.of(), program), Map.of());
    }

    /** Where whoever runs the tests ignores such signals, what it starts does so, too; nohup and {@code &} do that. */
    private static void assumeNotIgnored(Started program) {
        Assumptions.assumeFalse(program.first().contains("dev.edo"), "the tests were started to ignore this signal");
    }

    @Test
    void ctrlCEndsTheProgramByItsReturnAndNotByTheSignal() throws Exception {
        try (var program = start("ctrl-c")) {
            assumeNotIgnored(program);
            assertEquals(SignalProgram.READY, program.first());
            Kill.process(program.process().pid(), SignalKind.interrupt());
            assertEquals(List.of(SignalProgram.HEARD, SignalProgram.HOOK, "exit code 0"), program.rest());
        }
    }

    @Test
    void aTerminationThatIsListenedToDoesNotShutTheJvmDown() throws Exception {
        try (var program = start("TERM")) {
            assumeNotIgnored(program);
            assertEquals(SignalProgram.READY, program.first());
            Kill.process(program.process().pid(), SignalKind.terminate());
            assertEquals(List.of(SignalProgram.HEARD, SignalProgram.HOOK, "exit code 0"), program.rest());
        }
    }

    @Test
    void aTerminationStillShutsTheJvmDownWhereOthersAreListenedTo() throws Exception {
        try (var program = start("USR1")) {
            assertEquals(SignalProgram.READY, program.first());
            var kind = SignalKind.terminate();
            Kill.process(program.process().pid(), kind);
            assertEquals(List.of(SignalProgram.HOOK, "exit code " + (BY_SIGNAL + kind.asRawValue())), program.rest());
        }
    }

    // SIGQUIT is the JVM's own: a listener to another signal leaves the thread dump as it is.
    @Test
    void threadDumpsAreStillThere() throws Exception {
        try (var program = start("USR1")) {
            assertEquals(SignalProgram.READY, program.first());
            Kill.process(program.process().pid(), SignalKind.quit());
            String line;
            do {
                line = Eventually.returns("a line of the dump", program.output()::readLine);
            } while (line != null && !line.startsWith("Full thread dump"));
            assertTrue(line != null);
            Kill.process(program.process().pid(), SignalKind.userDefined1());
            var rest = program.rest();
            assertTrue(rest.contains(SignalProgram.HEARD), () -> String.join("\n", rest));
            assertEquals("exit code 0", rest.getLast());
        }
    }

    // The JDK sets SIGCHLD to its default when it starts its first process, which would take it from the listener.
    @Test
    void theEndOfTheFirstChildIsHeard() throws Exception {
        try (var program = start("child")) {
            assertEquals(SignalProgram.HEARD + " exit code 0", program.first());
            assertEquals(List.of(SignalProgram.HOOK, "exit code 0"), program.rest());
        }
    }

    @Test
    void aJvmThatLeavesSignalsAloneRefusesThemAll() throws Exception {
        try (var program = start(command(List.of("-Xrs"), "USR1"), Map.of())) {
            assertTrue(program.first().startsWith("cannot listen to SIGUSR1 ("), program.first());
            assertTrue(program.first().contains("start it without -Xrs"), program.first());
        }
    }

    @Test
    void theSignalThatSuspendsThreadsIsFreeWhereTheJvmUsesAnother() throws Exception {
        var environment = Map.of("_JAVA_SR_SIGNUM", Integer.toString(SignalNames.number("VTALRM")));
        try (var program = start(command(List.of(), "USR2"), environment)) {
            assertEquals(SignalProgram.READY, program.first());
            Kill.process(program.process().pid(), SignalKind.userDefined2());
            assertEquals(List.of(SignalProgram.HEARD, SignalProgram.HOOK, "exit code 0"), program.rest());
        }
        try (var program = start(command(List.of(), "VTALRM"), environment)) {
            assertTrue(program.first().startsWith("cannot listen to SIGVTALRM ("), program.first());
        }
    }

    // As nohup starts a program; the signal is sent, and then another one, which ends the program.
    @Test
    void aHangUpThatTheProcessWasStartedToIgnoreStaysIgnoredAndOneWarningSaysSo() throws Exception {
        var command = new ArrayList<>(List.of("sh", "-c", "trap '' HUP; exec \"$@\"", "sh"));
        command.addAll(command(List.of(), "HUP"));
        try (var program = start(command, Map.of())) {
            var lines = new ArrayList<>(List.of(program.first()));
            while (!lines.getLast().equals(SignalProgram.READY)) {
                lines.add(String.valueOf(program.output().readLine()));
            }
            assertEquals(1, lines.stream().filter(line -> line.contains("started to ignore SIGHUP")).count(),
                    () -> String.join("\n", lines));
            Kill.process(program.process().pid(), SignalKind.hangup());
            Kill.process(program.process().pid(), SignalKind.terminate());
            assertEquals(SignalProgram.HOOK, program.rest().getFirst());
        }
    }
}
