package dev.edo.impl.task.local;

import dev.edo.future.Future;
import dev.edo.impl.contract.Eventually;
import dev.edo.impl.contract.Setup;
import dev.edo.impl.contract.Style;
import dev.edo.runtime.EdoRuntime;
import dev.edo.task.JoinHandle;
import dev.edo.task.LocalSet;
import dev.edo.task.LocalSpawner;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Local sets inside {@code blockOn} of each flavour; the style is that of the local tasks. */
@ParameterizedClass(name = "{0} {1}")
@MethodSource("matrix")
abstract class LocalSetContract {
    @Parameter(0)
    Setup setup = Setup.CURRENT_THREAD;

    @Parameter(1)
    Style style = Style.DIRECT;

    static Stream<Arguments> matrix() {
        return Arrays.stream(Setup.values())
                .flatMap(setup -> Arrays.stream(Style.values()).map(style -> Arguments.of(setup, style)));
    }

    /** What a test does on the thread of a set. */
    interface Body {
        void run(EdoRuntime runtime, LocalSet local) throws Exception;
    }

    void onThread(Body body) throws Exception {
        Eventually.<@Nullable Void>returns("the test", () -> {
            try (var runtime = setup.builder().build(); var _ = runtime.enter(); var local = LocalSet.create()) {
                body.run(runtime, local);
            }
            return null;
        });
    }

    <T extends @Nullable Object> JoinHandle<T> spawn(LocalSpawner local, Callable<Future<T>> future) {
        return style == Style.DIRECT
                ? local.spawnLocal(() -> future.call().await())
                : local.spawnLocal(Future.<Future<T>>lazy(future).then(made -> made));
    }
}
