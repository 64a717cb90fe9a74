package dev.edo.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DelayHeapTest {
    private static final Comparator<DelayKey> ORDER =
            Comparator.<DelayKey>comparingLong(key -> key.deadlineNanos).thenComparingLong(key -> key.order);

    private final DelayQueue<String> queue = new DelayQueue<>();
    private final DelayHeap heap = new DelayHeap(0);
    private final TreeSet<DelayKey> model = new TreeSet<>(ORDER);

    /** The same random steps on a heap and on a tree: both always agree on which key is first. */
    @ParameterizedTest
    @ValueSource(ints = {2, 40, 100_000})
    void agreesWithATree(int distinctDeadlines) {
        var random = new SplittableRandom(distinctDeadlines);
        for (int step = 0; step < 50_000; step++) {
            long deadline = random.nextInt(distinctDeadlines);
            // Grows first, shrinks later.
            int choice = random.nextInt(step < 25_000 ? 10 : 14);
            if (choice < 5) {
                var key = new DelayKey(queue, "value", deadline);
                heap.insert(key);
                model.add(key);
            } else if (!model.isEmpty()) {
                change(choice, deadline, random);
            }
            if (step % 1000 == 0) {
                heap.compact();
                assertEquals(heap.size(), heap.capacity());
            }
            assertEquals(model.size(), heap.size());
            assertSame(model.isEmpty() ? null : model.first(), heap.first());
        }
        var left = new ArrayList<>(model);
        for (var key : left) {
            assertSame(key, heap.first());
            heap.remove(key);
        }
        assertNull(heap.first());
    }

    private void change(int choice, long deadline, SplittableRandom random) {
        var from = new DelayKey(queue, null, random.nextInt(100_000));
        var found = model.ceiling(from);
        var key = found == null ? model.first() : found;
        assertSame(heap, key.heap);
        if (choice < 8) {
            model.remove(key);
            heap.move(key, deadline);
            model.add(key);
        } else {
            heap.remove(key);
            model.remove(key);
            assertNull(key.heap);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 1000})
    void discardingFreesEveryKey(int size) {
        var keys = new HashSet<DelayKey>();
        for (int i = 0; i < size; i++) {
            var key = new DelayKey(queue, "value", i * 7919 % 101);
            heap.insert(key);
            keys.add(key);
            assertNotNull(key.heap);
        }
        heap.discard();
        for (var key : keys) {
            assertNull(key.heap);
            assertNull(key.value);
        }
    }
}
