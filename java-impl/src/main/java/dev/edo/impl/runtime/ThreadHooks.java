package dev.edo.impl.runtime;

import org.jspecify.annotations.Nullable;

/**
 * The thread callbacks a runtime was built with.
 *
 * @param onStart on a new thread
 * @param onStop on a thread that ends
 * @param onPark before a worker sleeps
 * @param onUnpark after it woke up
 */
public record ThreadHooks(
        @Nullable Runnable onStart,
        @Nullable Runnable onStop,
        @Nullable Runnable onPark,
        @Nullable Runnable onUnpark) {
    /** Calls a hook; what it throws goes to the thread's uncaught-exception handler. */
    public static void call(@Nullable Runnable hook) {
        if (hook != null) {
            try {
                hook.run();
            } catch (Throwable t) {
                report(t);
            }
        }
    }

    /** Gives what a hook threw to the thread's uncaught-exception handler, never to the scheduler. */
    public static void report(Throwable thrown) {
        var thread = Thread.currentThread();
        try {
            thread.getUncaughtExceptionHandler().uncaughtException(thread, thrown);
        } catch (Throwable ignored) {
            // as the handler's contract has it
        }
    }
}
