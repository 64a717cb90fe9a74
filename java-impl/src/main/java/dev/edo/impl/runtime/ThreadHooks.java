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
                var thread = Thread.currentThread();
                thread.getUncaughtExceptionHandler().uncaughtException(thread, t);
            }
        }
    }
}
