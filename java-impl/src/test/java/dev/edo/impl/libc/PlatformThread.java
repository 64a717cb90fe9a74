package dev.edo.impl.libc;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Runs a piece of a test on a platform thread of its own, which may be pinned and renamed at will. */
final class PlatformThread {
    private PlatformThread() {}

    static <T> T call(Callable<T> body) throws Exception {
        return join(Thread.ofPlatform().name("pinned"), body);
    }

    static <T> T callVirtual(Callable<T> body) throws Exception {
        return join(Thread.ofVirtual(), body);
    }

    private static <T> T join(Thread.Builder builder, Callable<T> body) throws Exception {
        var task = new FutureTask<>(body);
        builder.start(task);
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (Exception) e.getCause();
        }
    }
}
