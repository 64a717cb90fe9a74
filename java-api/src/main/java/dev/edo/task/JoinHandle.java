package dev.edo.task;

import dev.edo.future.Await;
import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import org.jspecify.annotations.Nullable;

/**
 * A spawned task, seen by who wants its result. Dropping the handle leaves the task running; what it throws is then
 * told to nobody but {@link dev.edo.runtime.RuntimeBuilder#onTaskTerminate}. Unlike a panic in Rust it is neither
 * printed nor logged, so a task whose handle nobody keeps catches and reports what may fail, or the runtime is built
 * with such a hook.
 *
 * <pre>{@code
 * var page = Edo.spawn(() -> fetch(url));
 * try {
 *     show(page.await());
 * } catch (JoinError e) {
 *     if (e.isPanic()) {
 *         report(e.getCause());
 *     }
 * }
 * }</pre>
 *
 * <p>The result is taken once: who polls or awaits the handle after that gets an {@link
 * IllegalStateException}. One waits at a time: of several that poll, the last one is woken.
 *
 * <p><em>Cancel safety:</em> awaiting may be given up and taken up again, also by whoever has aborted the task
 * that waited, without waiting for its end; {@link #cancel()} stops waiting, it does not abort the task.
 *
 * @param <T> the type of the task's result
 * @see <a href="https://docs.rs/tokio/latest/tokio/task/struct.JoinHandle.html">tokio::task::JoinHandle</a>
 */
public interface JoinHandle<T extends @Nullable Object> extends Future<T>, AbortHandle {
    @Override
    Poll<T> poll(Context cx) throws JoinError;

    @Override
    default T await() throws JoinError {
        return Await.<T, JoinError>await(this);
    }

    /** {@return a handle that can abort the task and does not keep its result alive} */
    AbortHandle abortHandle();
}
