package dev.edo.bench.sync;

import java.util.ArrayList;

/** Virtual threads that are started together. */
final class VirtualThreads {
    private VirtualThreads() {}

    /** Runs so many. */
    static void run(int threads, Runnable body) throws InterruptedException {
        run(threads, body, () -> {});
    }

    /** Runs so many, and something else once they are started. */
    static void run(int threads, Runnable body, Runnable meanwhile) throws InterruptedException {
        var all = new ArrayList<Thread>(threads);
        for (int i = 0; i < threads; i++) {
            all.add(Thread.startVirtualThread(body));
        }
        meanwhile.run();
        for (var thread : all) {
            thread.join();
        }
    }
}
