package dev.edo.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.future.Context;
import dev.edo.future.Waker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Producers wake branches while the map is polled. Each branch's wake-up can fall before its poll, into it,
 * between it and the next one, or between the publication of the poller's waker and the taking of the
 * stack; wherever it falls, the poller must come back for the element.
 */
class StreamMapRaceTest {
    private static final int BRANCHES = 70;
    private static final int ELEMENTS = 3_000;

    /** Holds a count of elements; stores its waker and then looks at the count once more, as real ones do. */
    private static final class Counter implements Stream<Integer> {
        private final AtomicInteger sent = new AtomicInteger();
        private volatile @Nullable Waker waker;
        private int taken;

        void send() {
            sent.incrementAndGet();
            var waiting = waker;
            if (waiting != null) {
                waiting.wake();
            }
        }

        @Override
        public @Nullable Integer pollNext(Context cx) {
            if (taken == sent.get()) {
                waker = cx.waker();
                if (taken == sent.get()) {
                    return null;
                }
            }
            return ++taken;
        }

        @Override
        public boolean isTerminated() {
            return taken == ELEMENTS;
        }

        @Override
        public void cancel() {}
    }

    @Test
    void noWakeUpIsLost() throws Exception {
        var map = new StreamMap<Integer, Integer>();
        var counters = new ArrayList<Counter>();
        for (int i = 0; i < BRANCHES; i++) {
            counters.add(new Counter());
            map.insert(i, counters.getLast());
        }
        var producers = new ArrayList<Thread>();
        for (int p = 0; p < 2; p++) {
            int first = p;
            producers.add(Thread.ofPlatform().daemon().start(() -> {
                for (int i = 0; i < ELEMENTS; i++) {
                    for (int c = first; c < BRANCHES; c += 2) {
                        counters.get((c + i) % BRANCHES - ((c + i) % BRANCHES % 2) + first).send();
                    }
                }
            }));
        }
        var woken = new Semaphore(0);
        var wakers = new Context[] {Context.of(woken::release), Context.of(woken::release)};
        int total = 0;
        for (int polls = 0; total < BRANCHES * ELEMENTS; polls++) {
            if (map.pollNext(wakers[polls & 1]) != null) {
                total++;
            } else {
                assertTrue(woken.tryAcquire(20, TimeUnit.SECONDS), "lost a wake-up, total=" + total);
                woken.drainPermits();
            }
        }
        for (var producer : producers) {
            assertTrue(producer.join(Duration.ofSeconds(20)));
        }
        assertEquals(0, map.size());
    }
}
