package dev.edo.impl.contract;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Collects the threads that call. */
final class ConcurrentThreads {
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

    private ConcurrentThreads() {}

    static ConcurrentThreads empty() {
        return new ConcurrentThreads();
    }

    void add() {
        threads.add(Thread.currentThread());
    }

    int size() {
        return threads.size();
    }

    Set<Thread> threads() {
        return Set.copyOf(threads);
    }
}
