package dev.edo.impl.libc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class NativeThreadNameTest {
    private static String nameGiven(String name) throws Exception {
        return PlatformThread.call(() -> {
            NativeThreadName.set(name);
            return Files.readString(Path.of("/proc/thread-self/comm")).stripTrailing();
        });
    }

    private static String shortened(String name) {
        var bytes = NativeThreadName.shortened(name, NativeThreadName.LINUX_BYTES);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void the_kernel_shows_the_name() throws Exception {
        assertEquals("edo-worker-7", nameGiven("edo-worker-7"));
        assertEquals("", nameGiven(""));
        assertEquals("123456789012345", nameGiven("123456789012345"));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void a_name_that_is_too_long_keeps_the_number_at_its_end() throws Exception {
        assertEquals("payments-work12", nameGiven("payments-worker-12"));
        assertEquals("ends-without-a-", nameGiven("ends-without-a-number"));
    }

    @Test
    void characters_are_not_cut_in_half() {
        assertEquals("12345678901234", shortened("12345678901234\u00e9"));
        assertEquals("\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9", shortened("\u00e9".repeat(9)));
        assertEquals("abc\ud83d\ude00\ud83d\ude00\ud83d\ude00", shortened("abc" + "\ud83d\ude00".repeat(4)));
    }

    @Test
    void a_name_of_digits_only_keeps_its_beginning_and_its_end() {
        assertEquals("123456784567890", shortened("12345678901234567890"));
    }

    @Test
    void a_virtual_thread_cannot_name_its_carrier() throws Exception {
        PlatformThread.callVirtual(
                () -> assertThrows(IllegalStateException.class, () -> NativeThreadName.set("x")));
    }
}
