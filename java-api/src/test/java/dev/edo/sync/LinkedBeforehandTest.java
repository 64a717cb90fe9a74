package dev.edo.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whoever has a spin lock must not park, and initializing a class may park. So a class that is first
 * used under a lock is initialized by the class whose lock it is.
 */
class LinkedBeforehandTest {
    /** The program that is observed: initializes a class and does nothing with it. */
    static final class Initializes {
        private Initializes() {}

        static void main(String[] names) throws ClassNotFoundException {
            Class.forName(names[0]);
        }
    }

    @ParameterizedTest
    @CsvSource({"BroadcastChannel, BroadcastMessage"})
    void whatIsUsedUnderTheLockIsInitializedWithItsOwner(String owner, String used) throws Exception {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xlog:class+init=info",
                        "-cp",
                        Stream.of(Initializes.class, BroadcastChannel.class)
                                .map(LinkedBeforehandTest::root)
                                .collect(Collectors.joining(System.getProperty("path.separator"))),
                        Initializes.class.getName(),
                        name(owner))
                .redirectErrorStream(true)
                .start();
        var log = new String(process.getInputStream().readAllBytes());
        assertEquals(0, process.waitFor(), log);
        assertTrue(isInitialized(log, owner), log);
        assertTrue(isInitialized(log, used), used + " is not initialized by " + owner);
    }

    private static String name(String simpleName) {
        return LinkedBeforehandTest.class.getPackageName() + "." + simpleName;
    }

    private static boolean isInitialized(String log, String simpleName) {
        return log.contains("Initializing '" + name(simpleName).replace('.', '/') + "'");
    }

    /** Where the class files lie, found by one of them: modules may be patched with tests. */
    private static String root(Class<?> type) {
        var file = type.getName().replace('.', '/') + ".class";
        var url = type.getResource('/' + file).toString();
        return Path.of(URI.create(url.substring(0, url.length() - file.length()))).toString();
    }
}
