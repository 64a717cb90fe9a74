package dev.edo.impl.runtime;

import dev.edo.future.Future;
import dev.edo.impl.task.local.LocalTasks;
import dev.edo.task.Action;
import dev.edo.task.JoinHandle;
import dev.edo.task.LocalSpawner;
import dev.edo.task.TaskBuilder;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Spawns with a name. */
final class TaskBuilderImpl implements TaskBuilder {
    private final RuntimeHandle handle;
    private @Nullable String name;

    TaskBuilderImpl(RuntimeHandle handle) {
        this.handle = handle;
    }

    @Override
    public TaskBuilder name(String newName) {
        if (newName.isBlank()) {
            throw new IllegalArgumentException("name=\"" + newName + "\"; want a name that is not blank");
        }
        name = newName;
        return this;
    }

    @Override
    public <T extends @Nullable Object> JoinHandle<T> spawn(Callable<T> body) {
        return handle.spawn(body, name);
    }

    @Override
    public JoinHandle<@Nullable Void> spawn(Action body) {
        return spawn(new ActionCall(body));
    }

    @Override
    public <T extends @Nullable Object> JoinHandle<T> spawn(Future<T> future) {
        return handle.spawn(future, name);
    }

    @Override
    public <T extends @Nullable Object> JoinHandle<T> spawnBlocking(Callable<T> body) {
        return handle.spawnBlocking(body, false, name);
    }

    @Override
    public JoinHandle<@Nullable Void> spawnBlocking(Action body) {
        return spawnBlocking(new ActionCall(body));
    }

    @Override
    public <T extends @Nullable Object> JoinHandle<T> spawnLocal(Future<T> future) {
        return ((LocalTasks) LocalSpawner.current()).spawnLocal(future, name);
    }

    @Override
    public <T extends @Nullable Object> JoinHandle<T> spawnLocal(Callable<T> body) {
        return ((LocalTasks) LocalSpawner.current()).spawnLocal(body, name);
    }

    @Override
    public JoinHandle<@Nullable Void> spawnLocal(Action body) {
        return spawnLocal(new ActionCall(body));
    }
}
