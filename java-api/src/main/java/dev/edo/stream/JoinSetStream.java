package dev.edo.stream;

import dev.edo.future.Context;
import dev.edo.future.Poll;
import dev.edo.task.JoinResult;
import dev.edo.task.JoinSet;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What {@link Stream#from(JoinSet)} returns. */
final class JoinSetStream<T extends @Nullable Object> implements Stream<JoinResult<T>> {
    private final JoinSet<T> tasks;

    JoinSetStream(JoinSet<T> tasks) {
        this.tasks = Objects.requireNonNull(tasks, "tasks");
    }

    @Override
    public @Nullable JoinResult<T> pollNext(Context cx) {
        return tasks.pollJoinNext(cx) instanceof Poll.Ready(var result) ? result : null;
    }

    @Override
    public boolean isTerminated() {
        return tasks.isEmpty();
    }

    @Override
    public void cancel() {
        tasks.close();
    }

    @Override
    public SizeHint sizeHint() {
        return SizeHint.exactly(tasks.size());
    }
}
