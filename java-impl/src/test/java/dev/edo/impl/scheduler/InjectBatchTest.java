package dev.edo.impl.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InjectBatchTest {
    private final Inject inject = new Inject();
    private final AtomicInteger told = new AtomicInteger();

    @Test
    void tasksArePushedAtTheEndAndToldOfOnce() {
        var tasks = items(3);
        var batch = add(null, tasks);
        assertTrue(inject.isEmpty(), "pushed before the end");
        batch.end();
        assertEquals(1, told.get());
        assertEquals(tasks, drain());
    }

    @Test
    void whatIsFullIsPushedAndMoreFollows() {
        var tasks = items(2 * InjectBatch.MOST + 1);
        var batch = add(null, tasks.subList(0, InjectBatch.MOST));
        assertEquals(InjectBatch.MOST, inject.size());
        assertEquals(1, told.get());
        assertSame(batch, add(batch, tasks.subList(InjectBatch.MOST, tasks.size())));
        batch.end();
        assertEquals(3, told.get());
        assertEquals(tasks, drain());
    }

    @Test
    void eachCountsAsComingFromOutside() {
        inject.push(new Item(0));
        add(null, items(3)).end();
        assertEquals(4, inject.size());
        assertEquals(4, inject.pushedCount());
        drain();
        assertEquals(4, inject.pushedCount());
    }

    @Test
    void aTaskOfAnotherQueueIsNotPutOff() {
        var other = new Inject();
        var tasks = items(2);
        var batch = add(null, tasks);
        assertNull(InjectBatch.add(batch, other, told::incrementAndGet, new Item(9)));
        batch.end();
        assertTrue(other.isEmpty());
        assertEquals(tasks, drain());
    }

    @Test
    void anEndWithNothingPutOffTellsNobody() {
        var batch = add(null, items(1));
        batch.end();
        batch.end();
        assertEquals(1, told.get());
        assertEquals(1, inject.size());
    }

    @Test
    void aClosedQueueDropsEach() {
        var dropped = new ArrayList<Schedulable>();
        var tasks = new ArrayList<Schedulable>();
        for (int i = 0; i < 3; i++) {
            tasks.add(new Item(i) {
                @Override
                public void drop() {
                    assertNull(queueNext, "still linked");
                    dropped.add(this);
                }
            });
        }
        var batch = add(null, tasks);
        inject.close();
        batch.end();
        assertEquals(tasks, dropped);
        assertEquals(0, told.get());
    }

    private InjectBatch add(@Nullable InjectBatch batch, List<? extends Schedulable> tasks) {
        var last = batch;
        for (var task : tasks) {
            last = assertNotNullBatch(InjectBatch.add(last, inject, told::incrementAndGet, task));
        }
        return assertNotNullBatch(last);
    }

    private static InjectBatch assertNotNullBatch(@Nullable InjectBatch batch) {
        assertNotNull(batch);
        return batch;
    }

    private static List<Schedulable> items(int count) {
        var items = new ArrayList<Schedulable>();
        for (int i = 0; i < count; i++) {
            items.add(new Item(i));
        }
        return items;
    }

    private List<Schedulable> drain() {
        var all = new ArrayList<Schedulable>();
        for (var item = inject.pop(); item != null; item = inject.pop()) {
            all.add(item);
        }
        return all;
    }
}
