package dev.edo.impl.task.coroutine;

/**
 * The JDK's own pollers, which serve its sockets in virtual threads. They are virtual threads of the whole JVM,
 * started at first use, and inherit the scheduler of the thread that happens to be first. They are started here
 * before any task can be: else they would run on that task's runtime, and all sockets of the JDK hang when it ends.
 */
final class JdkPollers {
    static {
        try {
            Class.forName("sun.nio.ch.Poller");
        } catch (ClassNotFoundException | LinkageError e) {
            System.getLogger("dev.edo").log(System.Logger.Level.WARNING, "cannot start the JDK's pollers ahead of"
                    + " tasks in direct style; sockets of the JDK may hang once a runtime has been shut down", e);
        }
    }

    private JdkPollers() {}

    /** Runs the initializer, once. */
    static void ensureStarted() {}
}
