package dev.edo.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.future.Poll;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JoinMapTest {
    private final JoinMap<String, Integer> map = new JoinMap<>();
    private final CountingContext cx = new CountingContext();

    private FakeTask<Integer> added(String key) {
        var task = new FakeTask<Integer>();
        map.add(key, task);
        return task;
    }

    private String next() throws Exception {
        var ended = map.tryJoinNext();
        if (ended == null) {
            return "none";
        }
        return ended.key() + (ended.result().isCompleted() ? "=" + ended.result().get() : " failed");
    }

    @Test
    void an_empty_map_has_no_next_task() {
        assertEquals(Poll.ready(null), map.joinNext().poll(cx));
        assertNull(map.tryJoinNext());
    }

    @Test
    void tasks_come_with_their_keys_in_the_order_of_their_ends() throws Exception {
        var a = added("a");
        var b = added("b");
        assertEquals("none", next());
        assertFalse(map.pollJoinNext(cx).isReady());
        b.complete(2);
        assertEquals(1, cx.wakeUps);
        a.complete(1);
        assertEquals("b=2", next());
        assertEquals(1, map.size());
        assertEquals("a=1", next());
        assertTrue(map.isEmpty());
    }

    @Test
    void a_task_under_a_key_in_use_takes_its_place() throws Exception {
        var older = added("a");
        var newer = added("a");
        assertEquals(1, map.size());
        assertEquals(1, older.aborts);
        assertFalse(older.isAwaited());
        newer.complete(2);
        assertEquals("a=2", next());
        assertEquals("none", next());
    }

    /** The end of the older one must not take the key away from the newer one. */
    @Test
    void a_task_takes_the_place_of_one_whose_abort_throws() throws Exception {
        var older = added("a");
        older.abortFailure = new IllegalStateException("abort");
        var newer = new FakeTask<Integer>();
        assertThrows(IllegalStateException.class, () -> map.add("a", newer));
        older.complete(1);
        assertEquals("none", next());
        assertEquals(1, map.size());
        newer.complete(2);
        assertEquals("a=2", next());
    }

    @Test
    void the_result_of_a_task_that_was_replaced_after_its_end_is_dropped() throws Exception {
        added("a").complete(1);
        var newer = added("a");
        assertEquals("none", next());
        newer.complete(2);
        assertEquals("a=2", next());
    }

    /** Nobody need ever take a result: each task is there for its effect, and the latest one of its key counts. */
    @Test
    void tasks_that_were_replaced_after_their_ends_are_let_go() throws Exception {
        added("b").complete(5);
        var replaced = added("a");
        replaced.complete(1);
        var ref = new WeakReference<>(replaced);
        replaced = null;
        for (int i = 2; i < 5; i++) {
            added("a").complete(i);
        }
        for (int i = 0; i < 100 && ref.get() != null; i++) {
            System.gc();
        }
        assertNull(ref.get());
        assertEquals("b=5", next());
        assertEquals("a=4", next());
        assertEquals("none", next());
    }

    @Test
    void a_key_may_be_used_again_after_its_task_was_taken() throws Exception {
        added("a").complete(1);
        assertEquals("a=1", next());
        var again = added("a");
        assertEquals(0, again.aborts);
        again.complete(2);
        assertEquals("a=2", next());
    }

    /** A key with code of its own. */
    private static final class Key {
        private boolean broken;

        @Override
        public int hashCode() {
            if (broken) {
                throw new IllegalStateException("key");
            }
            return 1;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return this == other;
        }
    }

    @Test
    void a_key_that_throws_when_its_task_is_added_leaves_nothing_in_the_map() {
        var own = new JoinMap<Key, Integer>();
        var key = new Key();
        key.broken = true;
        var task = new FakeTask<Integer>();
        assertThrows(IllegalStateException.class, () -> own.add(key, task));
        assertTrue(own.isEmpty());
        assertFalse(task.isAwaited());
        assertEquals(Poll.ready(null), own.pollJoinNext(cx));
    }

    @Test
    void a_key_that_throws_when_its_task_is_taken_is_not_waited_for() {
        var own = new JoinMap<Key, Integer>();
        var key = new Key();
        var task = new FakeTask<Integer>();
        own.add(key, task);
        task.complete(1);
        key.broken = true;
        assertThrows(IllegalStateException.class, () -> own.pollJoinNext(cx));
        assertEquals(Poll.ready(null), own.pollJoinNext(cx));
        assertTrue(own.isEmpty());
    }

    /** Against the contract, somebody awaits the handle of a task in the map: that is said once, and no more. */
    @Test
    void a_task_whose_result_somebody_else_has_had_leaves_the_map() {
        for (boolean polled : new boolean[] {true, false}) {
            var task = added("a");
            task.complete(1);
            task.isTaken = true;
            assertThrows(IllegalStateException.class, () -> takeNext(polled));
            assertTrue(map.isEmpty());
            assertEquals(Poll.ready(null), map.pollJoinNext(cx));
        }
    }

    private void takeNext(boolean polled) {
        if (polled) {
            map.pollJoinNext(cx);
        } else {
            map.tryJoinNext();
        }
    }

    @Test
    void aborts_of_several_go_on_behind_one_that_throws() {
        var tasks = List.of(added("a"), added("b"), added("c"));
        for (var task : tasks) {
            task.abortFailure = new IllegalStateException("abort");
        }
        var thrown = assertThrows(IllegalStateException.class, () -> map.abortMatching(key -> !key.equals("a")));
        assertEquals(1, thrown.getSuppressed().length);
        assertEquals(List.of(0, 1, 1), tasks.stream().map(task -> task.aborts).toList());
        assertThrows(IllegalStateException.class, map::abortAll);
        assertEquals(List.of(1, 2, 2), tasks.stream().map(task -> task.aborts).toList());
        assertEquals(3, map.size());
    }

    @Test
    void abort_by_key_and_by_predicate() throws Exception {
        var a = added("a1");
        var b = added("b1");
        var c = added("b2");
        assertTrue(map.abort("a1"));
        assertFalse(map.abort("none"));
        map.abortMatching(key -> key.startsWith("b"));
        assertEquals(1, a.aborts);
        assertEquals(1, b.aborts);
        assertEquals(1, c.aborts);
        assertEquals(3, map.size());
        b.endCancelled();
        assertEquals("b1 failed", next());
    }

    @Test
    void keys_and_tasks_are_known_until_they_are_taken() throws Exception {
        var a = added("a");
        var b = added("b");
        b.complete(1);
        assertEquals(Set.of("a", "b"), map.keys());
        assertTrue(map.containsKey("b"));
        assertTrue(map.containsTask(b.id()));
        next();
        assertFalse(map.containsKey("b"));
        assertFalse(map.containsTask(b.id()));
        assertTrue(map.containsTask(a.id()));
        assertThrows(UnsupportedOperationException.class, () -> map.keys().clear());
    }

    @Test
    void joinAll_has_the_values_by_key() throws Exception {
        added("a").complete(1);
        added("b").complete(2);
        assertEquals(Poll.ready(Map.of("a", 1, "b", 2)), map.joinAll().poll(cx));
    }

    @Test
    void joinAll_aborts_the_rest_at_the_first_failure() {
        var rest = added("a");
        added("b").fail(new IllegalStateException("boom"));
        assertThrows(JoinError.class, () -> map.joinAll().poll(cx));
        assertEquals(1, rest.aborts);
        assertTrue(map.isEmpty());
    }

    @Test
    void shutdown_aborts_and_waits() throws Exception {
        var task = added("a");
        var shutdown = map.shutdown();
        assertFalse(shutdown.poll(cx).isReady());
        assertEquals(1, task.aborts);
        task.endCancelled();
        assertTrue(shutdown.poll(cx).isReady());
    }

    @Test
    void abortAll_leaves_the_tasks_in_the_map_and_their_results() throws Exception {
        var running = added("a");
        added("b").complete(2);
        map.abortAll();
        assertEquals(1, running.aborts);
        assertEquals(2, map.size());
        assertEquals("b=2", next());
        assertEquals("none", next());
        running.endCancelled();
        var ended = map.tryJoinNext();
        assertTrue(ended != null && ended.key().equals("a") && ended.result().isCancelled());
        assertTrue(map.isEmpty());
    }

    @Test
    void a_shutdown_that_was_given_up_leaves_the_tasks_under_their_keys() throws Exception {
        var aborted = added("a");
        var shutdown = map.shutdown();
        assertFalse(shutdown.poll(cx).isReady());
        shutdown.cancel();
        assertTrue(map.containsKey("a"));
        added("b").complete(2);
        assertEquals("b=2", next());
        aborted.endCancelled();
        assertEquals("a failed", next());
        assertEquals(0, cx.wakeUps);
        assertTrue(map.isEmpty());
    }

    @Test
    void a_joinAll_that_was_given_up_is_not_woken() throws Exception {
        var task = added("a");
        var all = map.joinAll();
        assertFalse(all.poll(cx).isReady());
        all.cancel();
        task.complete(1);
        assertEquals(0, cx.wakeUps);
        assertEquals("a=1", next());
    }

    /** A task that was aborted gives its wait up when it runs next, when somebody else may wait already. */
    @Test
    void a_wait_that_is_given_up_late_leaves_the_next_one_alone() throws Exception {
        var other = new CountingContext();
        var task = added("a");
        var older = map.joinNext();
        var newer = map.joinNext();
        assertFalse(older.poll(cx).isReady());
        assertFalse(newer.poll(other).isReady());
        older.cancel();
        task.complete(1);
        assertEquals(0, cx.wakeUps);
        assertEquals(1, other.wakeUps);
        assertTrue(newer.poll(other).isReady());
    }

    @Test
    void without_budget_nothing_is_taken() {
        added("a").complete(1);
        cx.budget = 0;
        assertFalse(map.pollJoinNext(cx).isReady());
        cx.budget = 1;
        assertTrue(map.pollJoinNext(cx).isReady());
    }

    @Test
    void detachAll_leaves_the_tasks_running_and_close_aborts_them() {
        var detached = added("a");
        map.detachAll();
        assertEquals(0, detached.aborts);
        assertTrue(map.isEmpty());
        var closed = added("a");
        map.close();
        assertEquals(1, closed.aborts);
        assertNotNull(map.keys());
        assertTrue(map.isEmpty());
        map.abortAll();
        assertEquals(1, closed.aborts);
    }
}
