package dev.edo.impl.task.coroutine;

import java.util.function.Supplier;
import java.util.stream.Stream;
import jdk.internal.vm.ThreadContainer;
import jdk.internal.vm.ThreadContainers;

/**
 * The virtual threads of one scheduler, as a thread dump shows them: a container of its own, below the root.
 *
 * <p>It keeps no list, for the scheduler has one of its tasks. A thread that has not had its
 * first turn is not in it yet, and one whose task was abandoned no longer.
 */
final class TaskThreads extends ThreadContainer {
    private final String name;
    private final Supplier<Stream<Thread>> threads;

    private TaskThreads(String name, Supplier<Stream<Thread>> threads) {
        super(true);
        this.name = name;
        this.threads = threads;
    }

    /** One that dumps know as long as somebody else does. */
    static TaskThreads registered(String name, Supplier<Stream<Thread>> threads) {
        var container = new TaskThreads(name, threads);
        ThreadContainers.registerContainer(container);
        return container;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Stream<Thread> threads() {
        return threads.get();
    }
}
