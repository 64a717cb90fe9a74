package dev.edo.runtime;

import dev.edo.task.TaskId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A thread in a {@link Dump}: of a worker, of a blocking job, or one inside {@code blockOn} of a current-thread
 * runtime.
 *
 * <pre>{@code
 * long stuck = dump.threads().stream().filter(thread -> !thread.idle()).count();
 * }</pre>
 *
 * @param name the thread's name
 * @param role what it is there for, such as {@code worker 0}
 * @param task the task that it runs, or null
 * @param idle whether it sleeps because there is nothing to do
 * @param state what the JVM says that it does
 * @param stack where it is, innermost first; of one that runs a task in direct style without the frames of that, which
 *     has a stack of its own
 */
public record DumpedThread(
        String name,
        String role,
        @Nullable TaskId task,
        boolean idle,
        Thread.State state,
        List<StackTraceElement> stack) {
    /**
     * Makes one.
     *
     * @param name the thread's name
     * @param role what it is there for
     * @param task the task that it runs, or null
     * @param idle whether it sleeps
     * @param state what it does
     * @param stack where it is
     */
    public DumpedThread {
        stack = List.copyOf(stack);
    }

    /** {@return all of it as text, for people; without the stack where that says nothing new} */
    @Override
    public String toString() {
        var text = new StringBuilder("thread \"").append(name).append("\", ").append(role);
        if (task != null) {
            return text.append(", runs task ").append(task).toString();
        }
        if (idle) {
            return text.append(", idle").toString();
        }
        text.append(", ").append(state);
        for (var frame : stack) {
            text.append("\n    at ").append(Trace.describe(frame));
        }
        return text.toString();
    }
}
