package dev.edo.impl.chaos;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** What happened in a chaos run, from all threads. */
final class ChaosCounts {
    /** Kinds of operation. */
    enum Kind {
        ROUND, TASK_DIRECT, TASK_STACKLESS, ABORT, CONNECT, ECHO_CLEAN, RESET, HALF_CLOSE, DROP, TIMEOUT, SLEEP, BLOCKING,
        CUT_OFF, SHUTDOWN_CLOSE, SHUTDOWN_TIMEOUT, SHUTDOWN_BACKGROUND
    }

    private final Map<Kind, LongAdder> counts = new EnumMap<>(Kind.class);
    private final AtomicLong verifiedBytes = new AtomicLong();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

    ChaosCounts() {
        for (var kind : Kind.values()) {
            counts.put(kind, new LongAdder());
        }
    }

    void count(Kind kind) {
        counts.get(kind).increment();
    }

    long sum(Kind... kinds) {
        long sum = 0;
        for (var kind : kinds) {
            sum += counts.get(kind).sum();
        }
        return sum;
    }

    void verified(long bytes) {
        verifiedBytes.addAndGet(bytes);
    }

    /** Changes as long as anything gets done. */
    long progress() {
        return verifiedBytes.get() + sum(Kind.values());
    }

    void failed(Throwable failure) {
        failures.add(failure);
    }

    Queue<Throwable> failures() {
        return failures;
    }

    @Override
    public String toString() {
        var text = new StringBuilder();
        counts.forEach((kind, count) -> text.append(kind.name().toLowerCase(Locale.ROOT)).append('=')
                .append(count.sum()).append(' '));
        return text.append("verified_bytes=").append(verifiedBytes).toString();
    }
}
