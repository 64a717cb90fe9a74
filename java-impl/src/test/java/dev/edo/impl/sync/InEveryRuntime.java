package dev.edo.impl.sync;

import dev.edo.impl.contract.Eventually;
import dev.edo.impl.contract.Running;
import dev.edo.impl.contract.Setup;
import dev.edo.impl.contract.Style;
import dev.edo.runtime.Handle;
import dev.edo.task.JoinError;
import dev.edo.task.JoinHandle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
abstract class InEveryRuntime {
    @Parameter(0)
    protected Setup setup = Setup.CURRENT_THREAD;

    @Parameter(1)
    protected Style style = Style.DIRECT;

    @SuppressWarnings("NullAway.Init") // before each test
    protected Running running;

    @SuppressWarnings("NullAway.Init") // before each test
    protected Handle handle;

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

    /** The result of a task, awaited by a thread outside. */
    static <T extends @Nullable Object> T resultOf(JoinHandle<T> task) throws Exception {
        return Eventually.returns("the end of " + task, task::await);
    }

    /** The results of tasks, awaited by a thread outside. */
    static <T> List<T> resultsOf(List<JoinHandle<T>> tasks) throws Exception {
        var results = new ArrayList<T>();
        for (var task : tasks) {
            results.add(resultOf(task));
        }
        return results;
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
