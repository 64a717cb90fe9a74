package dev.edo.impl.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.future.Future;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OwnedTasksTest {
    private final RecordingScheduler scheduler = new RecordingScheduler();
    private final OwnedTasks owned = scheduler.owned();

    private StacklessTask<String> task() {
        return new StacklessTask<>(scheduler, Future.<String>pending());
    }

    private List<StacklessTask<String>> bound(int count) {
        var tasks = new ArrayList<StacklessTask<String>>();
        for (int i = 0; i < count; i++) {
            var task = task();
            assertTrue(owned.bind(task));
            tasks.add(task);
        }
        return tasks;
    }

    @Test
    void countsThoseThatHaveNotEnded() {
        var tasks = bound(3);
        assertEquals(3, owned.aliveCount());
        tasks.get(1).shutDown();
        assertEquals(2, owned.aliveCount());
        assertEquals(3, owned.spawnedCount());
        assertEquals(Set.of(tasks.get(0), tasks.get(2)), new HashSet<>(owned.snapshot()));
    }

    @Test
    void anyOrderOfRemovalLeavesTheOthers() {
        for (int[] order : new int[][] {{0, 1, 2}, {2, 1, 0}, {1, 0, 2}, {1, 2, 0}, {0, 2, 1}, {2, 0, 1}}) {
            var tasks = bound(3);
            var left = new HashSet<Task<?>>(tasks);
            for (int index : order) {
                owned.remove(tasks.get(index));
                left.remove(tasks.get(index));
                assertEquals(left, new HashSet<>(owned.snapshot()));
            }
        }
    }

    @Test
    void aTaskThatIsNotThereIsNotRemoved() {
        var tasks = bound(1);
        owned.remove(task());
        owned.remove(tasks.getFirst());
        owned.remove(tasks.getFirst());
        assertEquals(0, owned.aliveCount());
    }

    @Test
    void closedEndsAllAndTakesNoMore() {
        var tasks = bound(5);
        owned.closeAndShutDownAll(3);
        for (var task : tasks) {
            assertTrue(task.isFinished());
        }
        assertEquals(0, owned.aliveCount());
        assertFalse(owned.bind(task()));
        assertEquals(5, owned.spawnedCount());
    }

    @Test
    void tasksThatOtherThreadsSpawnAreThereToo() throws InterruptedException {
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < 8; i++) {
            threads.add(Thread.ofPlatform().start(() -> bound(10)));
        }
        for (var thread : threads) {
            thread.join();
        }
        assertEquals(80, owned.snapshot().size());
        owned.abandonAll();
        assertEquals(0, owned.aliveCount());
    }
}
