package dev.edo.impl.libc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class CpuAffinityTest {
    private static BitSet only(int cpu) {
        var set = new BitSet();
        set.set(cpu);
        return set;
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void pins_the_calling_thread_to_each_allowed_cpu_in_turn() throws Exception {
        var allowed = CpuAffinity.allowed();
        assertFalse(allowed.isEmpty());
        PlatformThread.call(() -> {
            for (int cpu = allowed.nextSetBit(0); cpu >= 0; cpu = allowed.nextSetBit(cpu + 1)) {
                CpuAffinity.pinCurrentThread(cpu);
                assertEquals(only(cpu), CpuAffinity.ofCurrentThread());
                String status = Files.readString(Path.of("/proc/thread-self/status"));
                assertTrue(status.contains("Cpus_allowed_list:\t" + cpu + "\n"), status);
            }
            return null;
        });
        assertEquals(allowed, CpuAffinity.allowed(), "pinning a thread leaves the process as it was");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void other_threads_stay_where_they_are() throws Exception {
        var before = CpuAffinity.ofCurrentThread();
        PlatformThread.call(() -> {
            CpuAffinity.pinCurrentThread(CpuAffinity.allowed().nextSetBit(0));
            return null;
        });
        assertEquals(before, CpuAffinity.ofCurrentThread());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void a_cpu_that_is_not_there_is_refused_with_its_number_and_the_allowed_ones() throws Exception {
        int absent = CpuAffinity.allowed().length() + 4_000;
        for (int cpu : new int[] {absent, -1, CpuAffinity.MAX_CPUS}) {
            var e = PlatformThread.call(() -> assertThrows(
                    IllegalArgumentException.class, () -> CpuAffinity.pinCurrentThread(cpu)));
            assertTrue(e.getMessage().contains("thread pinned to cpu=" + cpu), e.getMessage());
            var allowed = "cpus=" + CpuAffinity.ranges(CpuAffinity.allowed()) + ";";
            assertTrue(e.getMessage().contains(allowed), e.getMessage());
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void a_virtual_thread_cannot_pin_its_carrier() throws Exception {
        var e = PlatformThread.callVirtual(
                () -> assertThrows(IllegalStateException.class, () -> CpuAffinity.pinCurrentThread(0)));
        assertTrue(e.getMessage().contains("virtual thread"), e.getMessage());
    }

    @Test
    void where_the_system_has_no_affinity_it_says_so_once_and_goes_on() throws Exception {
        try (var log = new LogLines(CpuAffinity.class.getName())) {
            PlatformThread.call(() -> {
                CpuAffinity.pinCurrentThread(0, false);
                CpuAffinity.pinCurrentThread(1, false);
                return null;
            });
            assertEquals(1, log.lines().size(), log.lines().toString());
            assertTrue(log.lines().getFirst().startsWith("CPU affinity is not available on"));
        }
    }

    @Test
    void sets_are_written_as_linux_writes_them() {
        var cpus = new BitSet();
        assertEquals("", CpuAffinity.ranges(cpus));
        cpus.set(0, 4);
        cpus.set(8);
        cpus.set(10, 12);
        assertEquals("0-3,8,10-11", CpuAffinity.ranges(cpus));
    }
}
