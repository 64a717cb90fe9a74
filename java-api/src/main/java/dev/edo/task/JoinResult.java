package dev.edo.task;

import dev.edo.future.Context;
import dev.edo.future.Poll;
import org.jspecify.annotations.Nullable;

/**
 * How a task ended, and which one it was: what collections of tasks such as {@link JoinSet} hand
 * out.
 *
 * <pre>{@code
 * switch (set.joinNext().await()) {
 *     case JoinResult.Completed(var id, var page) -> show(page);
 *     case JoinResult.Failed(var error) -> report(error);
 *     case null -> done();
 * }
 * }</pre>
 *
 * @param <T> the type of the task's result
 */
public sealed interface JoinResult<T extends @Nullable Object> {
    /**
     * The task returned a value.
     *
     * @param id the task
     * @param value its value
     * @param <T> the type of its result
     */
    record Completed<T extends @Nullable Object>(TaskId id, T value) implements JoinResult<T> {
        @Override
        public T get() {
            return value;
        }
    }

    /**
     * The task threw or was cancelled.
     *
     * @param error which of the two, and what it threw
     * @param <T> the type of the result that is missing
     */
    record Failed<T extends @Nullable Object>(JoinError error) implements JoinResult<T> {
        @Override
        public TaskId id() {
            return error.id();
        }

        @Override
        public T get() throws JoinError {
            throw error;
        }
    }

    /** {@return the task} */
    TaskId id();

    /**
     * The value, or an exception where there is none.
     *
     * @return what the task returned
     * @throws JoinError when the task threw or was cancelled
     */
    T get() throws JoinError;

    /** {@return whether the task returned a value} */
    default boolean isCompleted() {
        return this instanceof Completed;
    }

    /** {@return whether the task was aborted, or dropped at shutdown} */
    default boolean isCancelled() {
        return this instanceof Failed<T>(var error) && error.isCancelled();
    }

    /**
     * Polls a task and tells how it ended, or null while it runs.
     *
     * @param task the task
     * @param cx whom to wake
     * @param <T> the type of its result
     * @return how it ended, or null
     */
    static <T extends @Nullable Object> @Nullable JoinResult<T> poll(
            JoinHandle<? extends T> task, Context cx) {
        try {
            return task.poll(cx) instanceof Poll.Ready<? extends T>(var value)
                    ? new Completed<>(task.id(), value)
                    : null;
        } catch (JoinError e) {
            return new Failed<>(e);
        }
    }
}
