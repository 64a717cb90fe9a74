package dev.edo.impl.contract;

import dev.edo.future.Future;
import dev.edo.runtime.Handle;
import dev.edo.task.JoinHandle;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** The two kinds of tasks. */
public enum Style {
    /** A virtual thread on the runtime's workers. */
    DIRECT {
        @Override
        public <T extends @Nullable Object> JoinHandle<T> spawn(Handle handle, Callable<Future<T>> future) {
            return handle.spawn(() -> future.call().await());
        }
    },
    /** A future that is polled. */
    STACKLESS {
        @Override
        public <T extends @Nullable Object> JoinHandle<T> spawn(Handle handle, Callable<Future<T>> future) {
            return handle.spawn(Future.<Future<T>>lazy(future).then(made -> made));
        }
    };

    /** Spawns a task that makes a future, inside the task, and waits for it. */
    public abstract <T extends @Nullable Object> JoinHandle<T> spawn(Handle handle, Callable<Future<T>> future);

    /** Spawns a task that runs code which does not wait. */
    public <T extends @Nullable Object> JoinHandle<T> run(Handle handle, Callable<T> body) {
        return spawn(handle, () -> Future.ready(body.call()));
    }
}
