package dev.edo.impl.task.local;

import dev.edo.future.Future;
import dev.edo.impl.scheduler.ThreadContext;
import dev.edo.task.Action;
import dev.edo.task.JoinHandle;
import dev.edo.task.LocalSpawner;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** A local spawner that also takes names. */
public interface LocalTasks extends LocalSpawner {
    /** Where local tasks of the calling thread go, or null. */
    static @Nullable LocalTasks current() {
        var context = ThreadContext.carrier();
        if (context == null) {
            return null;
        }
        if (context.local != null) {
            return context.local;
        }
        var handle = context.handle;
        var local = handle == null ? null : handle.local();
        return local != null && local.isHere() ? local : null;
    }

    /** Whether the caller is on the thread. */
    boolean isHere();

    /** Spawns a stackless task. */
    <T extends @Nullable Object> JoinHandle<T> spawnLocal(Future<T> future, @Nullable String name);

    /** Spawns a task in direct style. */
    <T extends @Nullable Object> JoinHandle<T> spawnLocal(Callable<T> body, @Nullable String name);

    @Override
    default <T extends @Nullable Object> JoinHandle<T> spawnLocal(Future<T> future) {
        return spawnLocal(future, null);
    }

    @Override
    default <T extends @Nullable Object> JoinHandle<T> spawnLocal(Callable<T> body) {
        return spawnLocal(body, null);
    }

    @Override
    default JoinHandle<@Nullable Void> spawnLocal(Action body) {
        Objects.requireNonNull(body, "body");
        return this.<@Nullable Void>spawnLocal(
                () -> {
                    body.run();
                    return null;
                },
                null);
    }
}
