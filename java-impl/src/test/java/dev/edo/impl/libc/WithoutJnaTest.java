package dev.edo.impl.libc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The classes of this package, loaded once more where there is no JNA. */
@EnabledOnOs(OS.LINUX)
class WithoutJnaTest {
    private URLClassLoader loader;
    private LogLines log;

    @BeforeEach
    void load() {
        URL classes = LibC.class.getProtectionDomain().getCodeSource().getLocation();
        loader = new URLClassLoader(new URL[] {classes}, ClassLoader.getPlatformClassLoader());
        log = new LogLines(Jna.class.getName());
    }

    @AfterEach
    void unload() throws Exception {
        log.close();
        loader.close();
    }

    private Object call(Class<?> named, String method, Object... args) throws Exception {
        var copy = Class.forName(named.getName(), true, loader);
        assertNotSame(named, copy);
        for (var candidate : copy.getMethods()) {
            if (candidate.getName().equals(method) && candidate.getParameterCount() == args.length) {
                return candidate.invoke(null, args);
            }
        }
        throw new AssertionError(method);
    }

    @Test
    void affinity_fails_and_says_what_to_do() {
        var e = assertThrows(
                InvocationTargetException.class, () -> call(CpuAffinity.class, "pinCurrentThread", 0));
        var cause = assertInstanceOf(IllegalStateException.class, e.getCause());
        var message = cause.getMessage();
        assertTrue(message.contains("to cpu=0: the C library is not reachable"), message);
        assertInstanceOf(NoClassDefFoundError.class, cause.getCause());
    }

    @Test
    void everything_else_does_without_after_one_log_line() throws Exception {
        call(NativeThreadName.class, "set", "a");
        call(NativeThreadName.class, "set", "b");
        assertEquals(OpenFileLimit.UNKNOWN, call(OpenFileLimit.class, "soft"));
        assertEquals(OpenFileLimit.UNKNOWN, call(OpenFileLimit.class, "hard"));
        assertEquals(false, call(OpenFileLimit.class, "setSoft", 10L));
        assertEquals(KernelVersion.current().toString(), call(KernelVersion.class, "current").toString());
        assertEquals(1, log.lines().size(), log.lines().toString());
        assertTrue(log.lines().getFirst().contains("net.java.dev.jna:jna"), log.lines().toString());
    }
}
