package dev.edo.impl.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.impl.chaos.ChaosCounts.Kind;
import dev.edo.impl.contract.Eventually;
import dev.edo.impl.contract.Setup;
import dev.edo.internal.NumberProperty;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Everything at random, for a while: nothing may hang, leak or come back wrong. {@code ci/chaos} runs it for longer.
 *
 * <p>Properties: {@code edo.chaos.seconds} per flavour, {@code edo.chaos.seed}, {@code edo.chaos.flavor} (a name of
 * {@link Setup}; all without it).
 */
class ChaosTest {
    private static final long SECONDS = NumberProperty.read("edo.chaos.seconds", 2L, 0, Integer.MAX_VALUE);
    private static final long SEED = NumberProperty.read(
            "edo.chaos.seed", System.nanoTime(), Long.MIN_VALUE, Long.MAX_VALUE);
    private static final String FLAVOR = System.getProperty("edo.chaos.flavor", "");
    private static final Duration STUCK = Duration.ofSeconds(15);

    @ParameterizedTest
    @EnumSource
    void nothingHangsLeaksOrIsCorrupted(Setup setup) throws Exception {
        if (!FLAVOR.isEmpty() && !FLAVOR.equalsIgnoreCase(setup.name())) {
            return;
        }
        var counts = new ChaosCounts();
        var random = new SplittableRandom(SEED);
        new ChaosRound(setup, random.split(), counts).run(Duration.ofMillis(100)); // loads what stays open
        long openBefore = openFiles();
        var done = new AtomicBoolean();
        var watchdog = Thread.ofPlatform().daemon().name("chaos-watchdog").start(() -> watch(counts, done));
        long endNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        try {
            while (System.nanoTime() - endNanos < 0) {
                new ChaosRound(setup, random.split(), counts).run(Duration.ofMillis(random.nextInt(50, 500)));
                assertTrue(counts.failures().isEmpty(), () -> "seed " + SEED + ": " + describe(counts));
            }
        } finally {
            done.set(true);
            watchdog.interrupt();
        }
        Eventually.until(() -> "descriptors: " + openBefore + " before, " + open() + " after", () -> {
            System.gc();
            return openFiles() <= openBefore;
        });
        System.out.println("chaos " + setup + " seed=" + SEED + " hangs=0 leaked_slots=0 leaked_fds=0 " + counts);
        assertTrue(counts.sum(Kind.ECHO_CLEAN) > 0, () -> "no connection was served to its end: " + counts);
        assertEquals(0, counts.failures().size());
    }

    private static String describe(ChaosCounts counts) {
        var first = counts.failures().peek();
        if (first != null) {
            first.printStackTrace();
        }
        return counts.failures().size() + " failures, the first: " + first;
    }

    private static String open() {
        try {
            return String.valueOf(openFiles());
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** How many descriptors this process has; 0 where that cannot be counted. */
    private static long openFiles() throws IOException {
        var directory = Path.of("/proc/self/fd");
        if (!Files.isDirectory(directory)) {
            return 0;
        }
        try (var entries = Files.list(directory)) {
            return entries.count();
        }
    }

    /** Shows every thread and ends the JVM when nothing gets done any more: a hang must not look like a slow test. */
    private static void watch(ChaosCounts counts, AtomicBoolean done) {
        long seen = -1;
        long sinceNanos = System.nanoTime();
        while (!done.get()) {
            long progress = counts.progress();
            if (progress != seen) {
                seen = progress;
                sinceNanos = System.nanoTime();
            } else if (System.nanoTime() - sinceNanos > STUCK.toNanos()) {
                System.err.println("chaos seed=" + SEED + ": no progress for " + STUCK + "; " + counts);
                Thread.getAllStackTraces().forEach((thread, stack) -> {
                    System.err.println(thread);
                    for (var frame : stack) {
                        System.err.println("    " + frame);
                    }
                });
                counts.failed(new AssertionError("no progress for " + STUCK));
                sinceNanos = System.nanoTime();
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }
}
