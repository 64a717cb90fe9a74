package dev.edo.test;

import dev.edo.runtime.EdoRuntime;
import dev.edo.runtime.RuntimeFlavor;
import dev.edo.runtime.UnhandledPanic;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * What the runtime of a test is like; the values of {@link EdoTest}.
 *
 * @param flavor which scheduler
 * @param workers how many threads it has
 * @param startPaused whether the clock stands still
 * @param name its name, or empty
 * @param unhandledPanic what a task that throws does to it
 * @param leakCheck whether something left behind fails the test
 */
record TestOptions(
        RuntimeFlavor flavor,
        int workers,
        boolean startPaused,
        String name,
        UnhandledPanic unhandledPanic,
        boolean leakCheck) {
    private static final TestOptions DEFAULTS =
            new TestOptions(RuntimeFlavor.CURRENT_THREAD, 1, false, "", UnhandledPanic.IGNORE, true);

    static TestOptions of(ExtensionContext context) {
        return AnnotationSupport.findAnnotation(context.getElement(), EdoTest.class)
                .map(test -> new TestOptions(
                        test.flavor(), test.workers(), test.startPaused(), test.name(),
                        test.unhandledPanic(), test.leakCheck()))
                .orElse(DEFAULTS);
    }

    EdoRuntime build() {
        var builder = EdoRuntime.builder().enableAll().startPaused(startPaused)
                .unhandledPanic(unhandledPanic);
        if (!name.isEmpty()) {
            builder.name(name);
        }
        return switch (flavor) {
            case CURRENT_THREAD -> builder.currentThread().build();
            case MULTI_THREAD -> builder.multiThread().workerThreads(workers).build();
        };
    }
}
