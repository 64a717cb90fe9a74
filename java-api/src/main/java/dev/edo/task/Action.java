package dev.edo.task;

/** The body of a task in direct style: ordinary blocking code that may throw. */
@FunctionalInterface
public interface Action {
    /**
     * Runs to the end.
     *
     * @throws Exception what the task fails with
     */
    void run() throws Exception;
}
