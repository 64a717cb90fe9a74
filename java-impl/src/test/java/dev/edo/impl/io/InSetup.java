package dev.edo.impl.io;

import dev.edo.future.Future;
import dev.edo.impl.contract.Eventually;
import dev.edo.impl.contract.Running;
import dev.edo.impl.contract.Setup;
import dev.edo.task.Action;
import dev.edo.task.JoinError;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Runs the body of a test as a task in direct style, in a runtime of some flavour. */
public final class InSetup {
    private static final Duration LIMIT = Duration.ofSeconds(15);

    private InSetup() {}

    public static void run(Setup setup, Action body) throws Exception {
        run(setup.start(), "the test's task in " + setup, body);
    }

    /** The same in a runtime that was started for it, and is closed then. */
    public static void run(Running started, String what, Action body) throws Exception {
        try (var running = started) {
            var task = running.handle().spawn(body);
            Eventually.<@Nullable Void>returns(what, () -> {
                try {
                    return task.await();
                } catch (JoinError e) {
                    if (e.getCause() instanceof Error error) {
                        throw error;
                    }
                    throw e;
                }
            });
        }
    }

    /** Waits, but not for ever. */
    public static <T extends @Nullable Object> T soon(Future<T> future) throws Exception {
        return future.timeout(LIMIT).await();
    }
}
