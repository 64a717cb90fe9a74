package dev.edo.impl.process;

import dev.edo.impl.contract.Eventually;
import dev.edo.process.Command;
import dev.edo.runtime.EdoRuntime;
import dev.edo.task.Action;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the tests of processes run in, and look at. */
final class Processes {
    private Processes() {}

    static void inRuntime(Action body) throws Exception {
        try (var runtime = EdoRuntime.builder().currentThread().enableAll().build()) {
            runtime.blockOn(body);
        }
    }

    static Command shell(String script) {
        return Command.of("sh").args("-c", script);
    }

    /** Whether the system has no such process any more, not even as a zombie. */
    static boolean isGone(int pid) {
        return Files.notExists(Path.of("/proc/" + pid));
    }

    /** Waits until the process has ended, and its status was taken. */
    static void awaitGone(int pid) throws Exception {
        Eventually.until("the end of process " + pid, () -> isGone(pid));
    }

    /** Makes a pipe with a name, on which a script may wait. */
    static Path fifo(Path dir) throws Exception {
        var path = dir.resolve("fifo");
        var made = new ProcessBuilder("mkfifo", path.toString()).inheritIO().start().waitFor();
        if (made != 0) {
            throw new AssertionError("mkfifo " + path + ": " + made);
        }
        return path;
    }

    /** How many descriptors this process has. */
    static long descriptors() throws IOException {
        try (var files = Files.list(Path.of("/proc/self/fd"))) {
            return files.count();
        }
    }
}
