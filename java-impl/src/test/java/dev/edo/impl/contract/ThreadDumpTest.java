package dev.edo.impl.contract;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.HotSpotDiagnosticMXBean;
import dev.edo.Edo;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tasks in direct style are found in the JDK's thread dumps, below the name of their runtime. */
class ThreadDumpTest {
    @TempDir
    private Path folder;

    private String dump() throws Exception {
        var file = folder.resolve("threads-" + System.nanoTime() + ".json");
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpThreads(
                file.toString(), HotSpotDiagnosticMXBean.ThreadDumpFormat.JSON);
        return Files.readString(file);
    }

    /** The part of a dump that is about one container. */
    private static String container(String dump, String name) {
        int start = dump.indexOf("\"container\": \"" + name + "\\/");
        assertTrue(start >= 0, () -> "no container " + name + " in " + dump);
        int end = dump.indexOf("\"container\": ", start + 1);
        return end < 0 ? dump.substring(start) : dump.substring(start, end);
    }

    @ParameterizedTest
    @EnumSource(Setup.class)
    void aTaskThatWaitsIsInTheDump(Setup setup) throws Exception {
        try (var running = Running.of(setup.builder().name("payments"))) {
            var started = new CountDownLatch(1);
            var task = running.handle().task().name("reads-the-ledger").spawn(() -> {
                started.countDown();
                Edo.sleep(Duration.ofDays(1)).await();
            });
            Eventually.opened("the task runs", started);
            Eventually.until("it waits in the dump",
                    () -> container(dump(), "payments").contains("\"name\": \"reads-the-ledger\""));
            task.abort();
            Eventually.until("it has left the dump",
                    () -> !container(dump(), "payments").contains("reads-the-ledger"));
        }
    }

    /** A thread that a task starts by itself is the JDK's, and in the JDK's own container. */
    @Test
    void aThreadThatATaskStartsIsInTheRoot() throws Exception {
        try (var running = Running.of(Setup.TWO_WORKERS.builder().name("orders"))) {
            var child = new Thread[1];
            var started = new CountDownLatch(1);
            running.handle().spawn(() -> {
                child[0] = Thread.ofVirtual().name("a-child").start(() -> {
                    started.countDown();
                    LockSupport.park();
                });
            });
            Eventually.opened("the child runs", started);
            var dump = dump();
            assertTrue(dump.contains("\"name\": \"a-child\""), dump);
            assertFalse(container(dump, "orders").contains("a-child"), dump);
            LockSupport.unpark(child[0]);
        }
    }
}
