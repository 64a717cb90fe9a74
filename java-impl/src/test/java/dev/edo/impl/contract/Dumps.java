package dev.edo.impl.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.runtime.Dump;
import dev.edo.runtime.DumpedTask;
import dev.edo.sync.Semaphore;
import dev.edo.task.TaskId;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** What tests of dumps have in common. */
final class Dumps {
    /** Far beyond what a loaded machine needs; reached only by tests that fail. */
    static final Duration PATIENT = Eventually.PATIENCE.dividedBy(2);

    /** For runtimes that are stuck, so that it is over before anything comes. */
    static final Duration SHORT = Duration.ofMillis(50);

    private Dumps() {}

    /** All flavours and both styles. */
    static Stream<Arguments> matrix() {
        return Arrays.stream(Setup.values()).flatMap(setup -> Arrays.stream(Style.values())
                .map(style -> Arguments.of(setup, style)));
    }

    /** By a thread that is none of the runtime's. */
    static Dump dump(Running running, Duration limit) throws Exception {
        return Eventually.returns("a dump", () -> running.handle().dump(limit).await());
    }

    static DumpedTask only(Dump dump, TaskId id) {
        var tasks = dump.tasks().stream().filter(task -> task.id().equals(id)).toList();
        assertEquals(1, tasks.size(), dump::toString);
        return tasks.getFirst();
    }

    static String trace(DumpedTask task) {
        return Objects.requireNonNull(task.trace(), task::toString).toString();
    }

    static void assertContains(String part, String text) {
        assertTrue(text.contains(part), () -> "no " + part + " in:\n" + text);
    }

    // --- what tasks do

    static void waitsFor(Semaphore semaphore) throws Exception {
        semaphore.acquire().await().close();
    }

    static void blocksItsThread(CountDownLatch held) throws InterruptedException {
        held.await();
    }
}
