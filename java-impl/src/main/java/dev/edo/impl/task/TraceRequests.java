package dev.edo.impl.task;

import dev.edo.runtime.Trace;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The dumps of a scheduler's tasks that are being taken, which wait for tasks to trace themselves.
 *
 * <p>Protocol: a dump is on the list, and says that it wants a task's trace, before it sets TRACED in the state of the
 * task. The poller that takes TRACED out sees both. A dump whose time is over leaves the list; a task that comes round
 * later finds it gone, and has an ordinary poll.
 */
public final class TraceRequests {
    private final List<Sink> dumps = new CopyOnWriteArrayList<>();

    /** A dump; called by the pollers of tasks. */
    public interface Sink {
        /** Whether it waits for the trace of a task. */
        boolean wants(StacklessTask<?> task);

        /** A task has traced itself. */
        void accept(StacklessTask<?> task, Trace trace);
    }

    /** A dump begins. */
    public void add(Sink dump) {
        dumps.add(dump);
    }

    /** It waits no more. */
    public void remove(Sink dump) {
        dumps.remove(dump);
    }

    /** Whether anybody waits for the trace of a task. */
    boolean include(StacklessTask<?> task) {
        for (var dump : dumps) {
            if (dump.wants(task)) {
                return true;
            }
        }
        return false;
    }

    /** Tells those who wait for it. */
    void serve(StacklessTask<?> task, Trace trace) {
        for (var dump : dumps) {
            dump.accept(task, trace);
        }
    }
}
