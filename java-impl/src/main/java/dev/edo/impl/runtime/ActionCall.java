package dev.edo.impl.runtime;

import dev.edo.task.Action;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * An action seen as a callable without a result.
 *
 * @param body the action
 */
record ActionCall(Action body) implements Callable<@Nullable Void> {
    ActionCall {
        Objects.requireNonNull(body, "body");
    }

    @Override
    public @Nullable Void call() throws Exception {
        body.run();
        return null;
    }
}
