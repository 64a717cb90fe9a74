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
            assertTrue(owned.admit(task, null));
            assertTrue(owned.add(task, null));
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
        assertEquals(Set.of(tasks.get(0), tasks.get(2)), new HashSet<>(owned.listed()));
    }

    @Test
    void anyOrderOfRemovalLeavesTheOthers() {
        for (int[] order : new int[][] {{0, 1, 2}, {2, 1, 0}, {1, 0, 2}, {1, 2, 0}, {0, 2, 1}, {2, 0, 1}}) {
            var tasks = bound(3);
            var left = new HashSet<Task<?>>(tasks);
            for (int index : order) {
                owned.remove(tasks.get(index), null);
                left.remove(tasks.get(index));
                assertEquals(left, new HashSet<>(owned.listed()));
            }
        }
    }

    @Test
    void aTaskThatIsNotThereIsNotRemoved() {
        var tasks = bound(1);
        owned.remove(task(), null);
        owned.remove(tasks.getFirst(), null);
        owned.remove(tasks.getFirst(), null);
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
        assertFalse(owned.admit(task(), null));
        assertFalse(owned.add(task(), null));
        assertEquals(5, owned.spawnedCount());
    }

    @Test
    void aTaskThatIsOnNoListCountsAllTheSame() {
        var task = task();
        assertTrue(owned.admit(task, null));
        assertEquals(1, owned.aliveCount());
        assertEquals(List.of(), owned.listed());
        task.shutDown();
        assertEquals(0, owned.aliveCount());
        assertEquals(1, owned.spawnedCount());
    }

    /** One thread drives the scheduler and spawns; another one ends what it spawned, and the other way round. */
    @Test
    void itDoesNotMatterWhoCounts() {
        var own = owned.ownList(0);
        var spawnedHere = task();
        var spawnedElsewhere = task();
        assertTrue(owned.admit(spawnedHere, own));
        assertTrue(owned.admit(spawnedElsewhere, null));
        assertTrue(owned.add(spawnedElsewhere, null));
        assertEquals(2, owned.aliveCount());
        owned.remove(spawnedHere, null);
        owned.remove(spawnedElsewhere, own);
        assertEquals(0, owned.aliveCount());
        assertEquals(2, owned.spawnedCount());
    }

    @Test
    void aTaskThatWasQueuedWhileThisWasClosedIsEnded() {
        var task = task();
        assertTrue(owned.admit(task, null));
        owned.shutDownIfClosed(task);
        assertFalse(task.isFinished());
        owned.closeAndShutDownAll(0);
        assertFalse(task.isFinished());
        owned.shutDownIfClosed(task);
        assertTrue(task.isFinished());
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
        assertEquals(80, owned.listed().size());
        owned.abandonAll();
        assertEquals(0, owned.aliveCount());
    }
}
