package dev.edo.impl.libc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class OpenFileLimitTest {
    private static String text(long limit) {
        return limit == OpenFileLimit.UNLIMITED ? "unlimited" : Long.toString(limit);
    }

    /** The words after "Max open files" in the kernel's own table: soft, hard. */
    private static String[] kernelTable() throws Exception {
        try (var lines = Files.lines(Path.of("/proc/self/limits"))) {
            var line = lines.filter(l -> l.startsWith("Max open files")).findFirst().orElseThrow();
            return line.substring("Max open files".length()).strip().split("\\s+");
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void the_limits_are_those_of_the_kernels_table() throws Exception {
        var table = kernelTable();
        assertEquals(table[0], text(OpenFileLimit.soft()));
        assertEquals(table[1], text(OpenFileLimit.hard()));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void the_soft_limit_can_be_lowered_and_raised_up_to_the_hard_one() throws Exception {
        long soft = OpenFileLimit.soft();
        long hard = OpenFileLimit.hard();
        long lower = Math.min(soft, 1_000_000) - 1;
        try {
            assertTrue(OpenFileLimit.setSoft(lower));
            assertEquals(lower, OpenFileLimit.soft());
            assertEquals(Long.toString(lower), kernelTable()[0]);
        } finally {
            assertTrue(OpenFileLimit.setSoft(soft));
        }
        assertEquals(soft, OpenFileLimit.soft());
        assertEquals(hard, OpenFileLimit.hard());
        if (hard != OpenFileLimit.UNLIMITED) {
            assertFalse(OpenFileLimit.setSoft(hard + 1));
        }
        assertFalse(OpenFileLimit.setSoft(-1));
    }

    @Test
    void the_message_names_the_limits_and_the_remedy() {
        assertEquals(
                "accept: open files limit reached: RLIMIT_NOFILE soft=1024 hard=20000; raise it with"
                        + " ulimit -n 20000, or close what is no longer used",
                OpenFileLimit.reached("accept", 1_024, 20_000));
        var atHard = OpenFileLimit.reached("accept", 20_000, 20_000);
        assertTrue(atHard.contains("soft=20000 hard=20000; raise the hard limit"), atHard);
        var unlimited = OpenFileLimit.reached("accept", 1_024, OpenFileLimit.UNLIMITED);
        assertTrue(unlimited.contains("hard=unlimited; raise it with ulimit -n <number>"), unlimited);
        var unknown = OpenFileLimit.reached("accept", OpenFileLimit.UNKNOWN, OpenFileLimit.UNKNOWN);
        assertEquals(
                "accept: open files limit reached; raise it with ulimit -n, or close what is no longer used",
                unknown);
    }
}
