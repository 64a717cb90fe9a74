package dev.edo.bench.peer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Virtual threads that are started together. Where one of them fails so does the call, which a join would not. */
public final class VirtualThreads {
    private VirtualThreads() {}

    /** What a thread does. */
    @FunctionalInterface
    public interface Body {
        /**
         * Does it.
         *
         * @throws Exception when it fails
         */
        void run() throws Exception;
    }

    /**
     * Runs so many.
     *
     * @param threads how many
     * @param body what each of them does
     * @throws InterruptedException when interrupted
     */
    public static void run(int threads, Body body) throws InterruptedException {
        run(threads, body, () -> {});
    }

    /**
     * Runs so many, and something else once they are started.
     *
     * @param threads how many
     * @param body what each of them does
     * @param meanwhile what the caller does
     * @throws InterruptedException when interrupted
     */
    public static void run(int threads, Body body, Runnable meanwhile) throws InterruptedException {
        run(Collections.nCopies(threads, body), meanwhile);
    }

    /**
     * Runs one for each body.
     *
     * @param bodies what they do
     * @throws InterruptedException when interrupted
     */
    public static void run(List<? extends Body> bodies) throws InterruptedException {
        run(bodies, () -> {});
    }

    private static void run(List<? extends Body> bodies, Runnable meanwhile) throws InterruptedException {
        var failure = new AtomicReference<@Nullable Throwable>();
        var all = new ArrayList<Thread>(bodies.size());
        for (var body : bodies) {
            all.add(Thread.startVirtualThread(() -> {
                try {
                    body.run();
                } catch (Throwable t) {
                    failure.compareAndSet(null, t);
                }
            }));
        }
        meanwhile.run();
        for (var thread : all) {
            thread.join();
        }
        var thrown = failure.get();
        if (thrown != null) {
            throw new IllegalStateException("a virtual thread failed: " + thrown, thrown);
        }
    }
}
