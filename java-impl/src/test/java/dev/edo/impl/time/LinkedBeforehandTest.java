package dev.edo.impl.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.future.Waker;
import java.net.URI;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Whoever has the lock of a shard must not park, and initializing a class may park. So what the first
 * timer uses under that lock is initialized by the driver.
 */
class LinkedBeforehandTest {
    /** The program that is observed: initializes a class and does nothing with it. */
    static final class Initializes {
        private Initializes() {}

        static void main(String[] names) throws ClassNotFoundException {
            Class.forName(names[0]);
        }
    }

    @Test
    void whatATimerUsesUnderTheLockIsInitializedWithTheDriver() throws Exception {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xlog:class+init=info",
                        "-cp",
                        Stream.of(Initializes.class, TimeDriver.class, Waker.class)
                                .map(LinkedBeforehandTest::root)
                                .collect(Collectors.joining(System.getProperty("path.separator"))),
                        Initializes.class.getName(),
                        TimeDriver.class.getName())
                .redirectErrorStream(true)
                .start();
        var log = new String(process.getInputStream().readAllBytes());
        assertEquals(0, process.waitFor(), log);
        assertTrue(isInitialized(log, TimeDriver.class), log);
        assertTrue(isInitialized(log, Placed.class), log);
    }

    private static boolean isInitialized(String log, Class<?> type) {
        return log.contains("Initializing '" + type.getName().replace('.', '/') + "'");
    }

    /** Where the class files lie, found by one of them: modules may be patched with tests, or be jars. */
    private static String root(Class<?> type) {
        var file = '/' + type.getName().replace('.', '/') + ".class";
        var url = type.getResource(file).toString();
        var root = url.substring(0, url.length() - file.length());
        return Path.of(URI.create(root.startsWith("jar:") ? root.substring(4, root.length() - 1) : root)).toString();
    }
}
