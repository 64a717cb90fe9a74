package dev.edo.task;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import org.jspecify.annotations.Nullable;

/**
 * A future in the scope of a task local; made by {@link TaskLocal#scope(Object, Future)}.
 *
 * <pre>{@code
 * var counted = COUNTER.scope(new Counter(), answer(request));
 * var reply = counted.await();
 * var counter = counted.takeValue();
 * }</pre>
 *
 * <p><em>Cancel safety:</em> that of the future inside, which also sees the value while it is
 * cancelled.
 *
 * @param <T> the type of the task local's value
 * @param <R> the type of the future's value
 * @see <a href="https://docs.rs/tokio/latest/tokio/task/futures/struct.TaskLocalFuture.html">
 *     tokio::task::futures::TaskLocalFuture</a>
 */
public final class TaskLocalFuture<T extends @Nullable Object, R extends @Nullable Object>
        extends CarriedFuture<R> {
    private @Nullable T value;
    private boolean taken;

    TaskLocalFuture(T value, ScopedValue.Carrier carrier, Future<R> future) {
        super(carrier, future);
        this.value = value;
    }

    /**
     * Takes the value back, usually when the future has completed: a way to get out what the future
     * put into it. The future cannot be polled any more.
     *
     * @return the value; null when it was taken before
     */
    public @Nullable T takeValue() {
        var back = value;
        value = null;
        taken = true;
        return back;
    }

    @Override
    public Poll<R> poll(Context cx) throws Exception {
        if (taken) {
            throw new IllegalStateException("a future in the scope of a task local was polled after"
                    + " takeValue(); take the"
                    + " value when the future has completed");
        }
        return super.poll(cx);
    }
}
