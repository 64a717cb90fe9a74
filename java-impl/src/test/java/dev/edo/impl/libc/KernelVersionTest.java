package dev.edo.impl.libc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class KernelVersionTest {
    @Test
    @EnabledOnOs(OS.LINUX)
    void the_current_one_is_what_the_kernel_prints() throws Exception {
        var release = Files.readString(Path.of("/proc/sys/kernel/osrelease"));
        var current = KernelVersion.current();
        assertTrue(release.matches("(?s)" + current.major() + "\\." + current.minor() + "\\D.*"), release);
        assertTrue(KernelVersion.isLinuxAtLeast(3, 10));
        assertFalse(KernelVersion.isLinuxAtLeast(current.major() + 1, 0));
    }

    @Test
    void versions_are_ordered_by_major_then_minor() {
        var version = new KernelVersion(5, 11);
        assertTrue(version.atLeast(5, 11));
        assertTrue(version.atLeast(5, 9));
        assertTrue(version.atLeast(4, 20));
        assertFalse(version.atLeast(5, 12));
        assertFalse(version.atLeast(6, 0));
    }

    @Test
    void releases_of_many_vendors_are_understood() {
        assertEquals(new KernelVersion(5, 15), KernelVersion.parse("5.15.0-91-generic"));
        assertEquals(new KernelVersion(6, 18), KernelVersion.parse("6.18.44-fc-v669"));
        assertEquals(new KernelVersion(6, 8), KernelVersion.parse("6.8-rc1+"));
        assertEquals(new KernelVersion(4, 18), KernelVersion.parse("4.18.0-553.el8_10.x86_64"));
        assertEquals(new KernelVersion(0, 0), KernelVersion.parse("unknown"));
        assertEquals(new KernelVersion(0, 0), KernelVersion.parse(""));
    }
}
