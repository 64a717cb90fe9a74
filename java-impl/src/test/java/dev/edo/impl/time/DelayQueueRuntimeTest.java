package dev.edo.impl.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.Edo;
import dev.edo.future.Context;
import dev.edo.impl.contract.Eventually;
import dev.edo.impl.contract.Setup;
import dev.edo.runtime.EdoRuntime;
import dev.edo.task.JoinHandle;
import dev.edo.time.DelayKey;
import dev.edo.time.DelayQueue;
import dev.edo.time.Instant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A delay queue on real timers. */
@Timeout(60)
class DelayQueueRuntimeTest {
    private static Duration ms(long millis) {
        return Duration.ofMillis(millis);
    }

    @Test
    void valuesOfAPausedRuntimeComeOutExactlyAtTheirDeadlines() throws Exception {
        try (var runtime = EdoRuntime.builder().currentThread().enableTime().startPaused(true).build()) {
            runtime.blockOn(() -> {
                var start = Instant.now();
                var queue = new DelayQueue<Integer>();
                var delays = List.of(1000, 2, 234, 299_008, 60, 10, 1_000_000_007);
                delays.forEach(delay -> queue.insert(delay, ms(delay)));
                for (int delay : delays.stream().sorted().toList()) {
                    var expired = queue.next().await();
                    assertNotNull(expired);
                    assertEquals(delay, expired.value());
                    assertEquals(ms(delay), start.elapsed());
                    assertEquals(start.plus(ms(delay)), expired.deadline());
                }
                assertNull(queue.next().await());
            });
        }
    }

    @Test
    void theEndOfTimeComesToo() throws Exception {
        try (var runtime = EdoRuntime.builder().currentThread().enableTime().startPaused(true).build()) {
            runtime.blockOn(() -> {
                var queue = new DelayQueue<String>();
                queue.insertAt("end of time", new Instant(Long.MAX_VALUE));
                queue.insert("endless", Duration.ofSeconds(Long.MAX_VALUE));
                assertEquals("endless", queue.take().await().value());
                assertEquals("end of time", queue.take().await().value());
            });
        }
    }

    @Test
    void anInsertOfAnotherTaskEndsTheWaitOfTheFirst() throws Exception {
        try (var runtime = EdoRuntime.builder().currentThread().enableTime().startPaused(true).build()) {
            runtime.blockOn(() -> {
                var start = Instant.now();
                var queue = new DelayQueue<String>();
                queue.insert("late", Duration.ofHours(1));
                var taken = Edo.spawn(() -> queue.take().await().value() + " after " + start.elapsed());
                Edo.sleep(ms(10)).await();
                queue.insert("early", ms(5));
                assertEquals("early after PT0.015S", taken.await());
            });
        }
    }

    @Test
    void outsideARuntimeOnlyWaitingFails() {
        var queue = new DelayQueue<String>();
        var cx = Context.of(() -> {});
        queue.insert("due", Duration.ZERO);
        assertTrue(queue.pollExpired(cx).isReady());
        queue.insert("later", Duration.ofHours(1));
        assertThrows(IllegalStateException.class, () -> queue.pollExpired(cx));
        assertEquals(1, queue.size());
    }

    /**
     * The race: while one task waits, others insert, reset and remove. Whether a value is removed or
     * comes out is decided once, so each is seen by exactly one side; an insert that makes the first
     * deadline earlier meets a waiter that is about to set its timer, and must not be missed.
     */
    @ParameterizedTest
    @EnumSource(Setup.class)
    void eachValueIsRemovedOrComesOutOnceAndNeverEarly(Setup setup) throws Exception {
        int producers = 4;
        int each = 1_500;
        var queue = new DelayQueue<Integer>();
        var removed = new AtomicInteger();
        var early = new AtomicInteger();
        try (var running = setup.start()) {
            var consumer = running.handle().spawn(() -> {
                var seen = new BitSet();
                for (;;) {
                    var expired = queue.take().await();
                    if (expired.value() < 0) {
                        return seen;
                    }
                    if (Instant.now().compareTo(expired.deadline()) < 0) {
                        early.incrementAndGet();
                    }
                    assertTrue(!seen.get(expired.value()), "came out twice: " + expired.value());
                    seen.set(expired.value());
                }
            });
            var tasks = new ArrayList<JoinHandle<BitSet>>();
            for (int i = 0; i < producers; i++) {
                int first = i * each;
                tasks.add(running.handle().spawn(() -> produce(queue, first, each, removed)));
            }
            var gone = new BitSet();
            for (var task : tasks) {
                gone.or(Eventually.returns("a producer's end", task::await));
            }
            Eventually.until("all values out", queue::isEmpty);
            queue.insert(-1, Duration.ZERO);
            var seen = Eventually.returns("the consumer's end", consumer::await);
            assertEquals(0, early.get());
            assertTrue(!seen.intersects(gone), "removed and came out");
            assertEquals(producers * each, seen.cardinality() + removed.get());
            seen.or(gone);
            assertEquals(producers * each, seen.cardinality());
        }
    }

    private static BitSet produce(DelayQueue<Integer> queue, int first, int count, AtomicInteger removed)
            throws Exception {
        var random = new SplittableRandom(first);
        var gone = new BitSet();
        var keys = new ArrayList<DelayKey>();
        for (int i = 0; i < count; i++) {
            keys.add(queue.insert(first + i, Duration.ofNanos(random.nextInt(3_000_000))));
            int other = random.nextInt(keys.size());
            switch (random.nextInt(4)) {
                case 0 -> {
                    var taken = queue.remove(keys.get(other));
                    if (taken != null) {
                        removed.incrementAndGet();
                        gone.set(taken.value());
                    }
                }
                case 1 -> queue.reset(keys.get(other), Duration.ofNanos(random.nextInt(3_000_000)));
                case 2 -> Edo.yieldNow().await();
                default -> { }
            }
        }
        return gone;
    }
}
