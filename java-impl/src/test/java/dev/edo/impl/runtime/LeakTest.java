package dev.edo.impl.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.Edo;
import dev.edo.future.Future;
import dev.edo.impl.contract.Eventually;
import dev.edo.impl.contract.Setup;
import dev.edo.impl.driver.Driver;
import dev.edo.impl.time.Clock;
import dev.edo.runtime.EdoRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is left of a runtime after it was closed: nothing. */
class LeakTest {
    private static final int RUNTIMES = 1_000;

    /** Each address space that is reserved or committed and not given back shows up here within a thousand rounds. */
    private static final long ALLOWED_MAPPED_KIB = 64 * 1024;

    @ParameterizedTest
    @EnumSource(value = Setup.class, names = {"CURRENT_THREAD", "TWO_WORKERS"})
    void thousandRuntimesLeaveNoThreadNoDescriptorAndNoMemory(Setup setup) throws Exception {
        for (int i = 0; i < 50; i++) {
            once(setup); // loads classes, starts what the JVM keeps for good
        }
        var threadsBefore = threads();
        long descriptorsBefore = descriptors();
        long mappedBefore = mappedKib();
        for (int i = 0; i < RUNTIMES; i++) {
            once(setup);
        }
        Eventually.until(() -> "threads left: " + added(threadsBefore), () -> added(threadsBefore).isEmpty());
        Eventually.until("descriptors: " + descriptorsBefore + " before", () -> {
            System.gc();
            return descriptors() <= descriptorsBefore;
        });
        long grown = mappedKib() - mappedBefore;
        assertTrue(grown < ALLOWED_MAPPED_KIB, () -> "address space grew by " + grown + " KiB");
    }

    private static void once(Setup setup) throws Exception {
        try (var runtime = setup.builder().build()) {
            runtime.spawn(Future.pending());
            runtime.spawn(() -> Future.pending().await());
            runtime.spawn(() -> Thread.sleep(Duration.ofHours(1)));
            runtime.spawn(() -> Edo.sleep(Duration.ofHours(1)).await());
            var job = runtime.spawnBlocking(() -> 1);
            var task = runtime.spawn(() -> job.await() + 1);
            assertEquals(2, runtime.blockOn(task));
        }
    }

    @Test
    void threadsAreGoneWhenCloseReturns() throws Exception {
        var before = threads();
        var runtime = EdoRuntime.builder().workerThreads(4).enableAll().build();
        runtime.blockOn(runtime.spawnBlocking(() -> 1));
        runtime.close();
        Eventually.until(() -> "threads left: " + added(before), () -> added(before).isEmpty());
    }

    /** Inside a task the program may not run, nor may anybody wait for the end of the runtime that was made for it. */
    @Test
    void programThatIsRefusedInsideATaskLeavesNoThreadAndNoDescriptor() throws Exception {
        once(Setup.TWO_WORKERS); // loads classes, starts what the JVM keeps for good
        var threadsBefore = threads();
        long descriptorsBefore = descriptors();
        try (var runtime = Setup.TWO_WORKERS.builder().build()) {
            for (int i = 0; i < 10; i++) {
                runtime.blockOn(runtime.spawn(() -> {
                    assertThrows(IllegalStateException.class, () -> Edo.run(() -> {}));
                }));
                runtime.blockOn(runtime.spawn(Future.lazy(
                        () -> assertThrows(IllegalStateException.class, () -> Edo.run(() -> {})))));
            }
        }
        Eventually.until(() -> "threads left: " + added(threadsBefore), () -> added(threadsBefore).isEmpty());
        Eventually.until("descriptors: " + descriptorsBefore + " before", () -> {
            System.gc();
            return descriptors() <= descriptorsBefore;
        });
    }

    /** The application names the workers' threads, and may fail at each of them. */
    @Test
    void runtimeThatCouldNotBeBuiltLeavesNoThreadAndNoDescriptor() throws Exception {
        once(Setup.TWO_WORKERS); // loads classes, starts what the JVM keeps for good
        var threadsBefore = threads();
        long descriptorsBefore = descriptors();
        for (int i = 0; i < 60; i++) {
            int failing = i % 3;
            var named = new AtomicInteger();
            var builder = EdoRuntime.builder().workerThreads(3).enableAll().threadName(() -> {
                int number = named.getAndIncrement();
                if (number == failing) {
                    throw new IllegalStateException("no name");
                }
                return "edo-unbuilt-" + number;
            });
            assertEquals("no name", assertThrows(IllegalStateException.class, builder::build).getMessage());
        }
        Eventually.until(() -> "threads left: " + added(threadsBefore), () -> added(threadsBefore).isEmpty());
        Eventually.until("descriptors: " + descriptorsBefore + " before", () -> {
            System.gc();
            return descriptors() <= descriptorsBefore;
        });
    }

    /** As where there is no memory for the workers: a queue of such a size is refused when the drivers are open. */
    @Test
    void runtimeWhoseWorkersCannotBeMadeLeavesNoDescriptor() throws Exception {
        RuntimeConfig impossible;
        try (var runtime = Setup.ONE_WORKER.builder().build()) {
            impossible = withQueueOf(3, ((RuntimeHandle) runtime.handle()).config());
        }
        assertLeavesNoDescriptor(() -> new RuntimeHandle(impossible));
    }

    /** As where there is no memory for the wheels: so many of them are refused when the selector is open. */
    @Test
    void driversOfWhichOneCannotBeOpenedLeaveNoDescriptor() throws Exception {
        once(Setup.ONE_WORKER); // loads classes, starts what the JVM keeps for good
        assertLeavesNoDescriptor(() -> Driver.open(64, new Clock(false), 0));
    }

    private static void assertLeavesNoDescriptor(Executable refused) throws Exception {
        assertThrows(IllegalArgumentException.class, refused);
        long descriptorsBefore = descriptors();
        for (int i = 0; i < 20; i++) {
            assertThrows(IllegalArgumentException.class, refused);
        }
        Eventually.until("descriptors: " + descriptorsBefore + " before", () -> {
            System.gc();
            return descriptors() <= descriptorsBefore;
        });
    }

    private static RuntimeConfig withQueueOf(int capacity, RuntimeConfig other) {
        return new RuntimeConfig(other.flavor(), other.workers(), other.maxBlockingThreads(), other.keepAliveNanos(),
                other.stackSizeBytes(), other.threadNames(), other.name(), other.threadHooks(), other.taskHooks(),
                other.eventInterval(), other.globalQueueInterval(), other.maxIoEvents(), other.enableTime(),
                other.startPaused(), other.unhandledPanic(), other.lifoSlot(), other.rngSeed(), other.affinity(),
                other.eagerDriverHandoff(), other.ring(), other.pollTimes(), capacity);
    }

    private static Set<Thread> threads() {
        return new HashSet<>(Thread.getAllStackTraces().keySet());
    }

    /** New threads, those that the JDK starts on demand and keeps aside. */
    private static Set<Thread> added(Set<Thread> before) {
        var now = threads();
        now.removeAll(before);
        now.removeIf(thread -> !thread.getName().startsWith("edo-"));
        return now;
    }

    /** How many descriptors this process has; 0 where that cannot be counted. */
    private static long descriptors() throws IOException {
        var directory = Path.of("/proc/self/fd");
        if (!Files.isDirectory(directory)) {
            return 0;
        }
        try (var entries = Files.list(directory)) {
            return entries.count();
        }
    }

    /** The address space outside the heap's reservation cannot be told from the rest, but the heap does not move. */
    private static long mappedKib() throws IOException {
        var status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return 0;
        }
        for (var line : Files.readAllLines(status)) {
            if (line.startsWith("VmSize:")) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        throw new AssertionError("no VmSize in " + status);
    }
}
