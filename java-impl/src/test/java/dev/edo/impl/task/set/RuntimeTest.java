package dev.edo.impl.task.set;

import dev.edo.future.Future;
import dev.edo.impl.contract.Eventually;
import dev.edo.impl.contract.Running;
import dev.edo.impl.contract.Setup;
import dev.edo.impl.contract.Style;
import dev.edo.runtime.Handle;
import dev.edo.task.JoinError;
import dev.edo.task.JoinHandle;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs the tests of a subclass with each flavour and style, each test with a runtime of its own. */
@ParameterizedClass(name = "{0} {1}")
@MethodSource("matrix")
abstract class RuntimeTest {
    @Parameter(0)
    Setup setup = Setup.CURRENT_THREAD;

    @Parameter(1)
    Style style = Style.DIRECT;

    @SuppressWarnings("NullAway.Init") // before each test
    Running running;

    @SuppressWarnings("NullAway.Init") // before each test
    Handle handle;

    static Stream<Arguments> matrix() {
        return Arrays.stream(Setup.values())
                .flatMap(setup -> Arrays.stream(Style.values()).map(style -> Arguments.of(setup, style)));
    }

    @BeforeEach
    void start() {
        running = setup.start();
        handle = running.handle();
    }

    @AfterEach
    void stop() {
        running.close();
    }

    /** Waits, inside a task of the style, for the future that the body makes there. */
    <T extends @Nullable Object> T inTask(Callable<Future<T>> body) throws Exception {
        return resultOf(style.spawn(handle, body));
    }

    /** Runs code in a direct-style task. */
    <T extends @Nullable Object> T inDirectTask(Callable<T> body) throws Exception {
        return resultOf(handle.spawn(body));
    }

    /** The result of a task, awaited by a thread outside. */
    static <T extends @Nullable Object> T resultOf(JoinHandle<T> task) throws Exception {
        return Eventually.returns("the end of " + task, task::await);
    }

    /** The failure of a task, awaited by a thread outside. */
    static JoinError failureOf(JoinHandle<?> task) throws Exception {
        try {
            var value = resultOf(task);
            throw new AssertionError(task + " completed with " + value + " instead of failing");
        } catch (JoinError e) {
            return e;
        }
    }
}
