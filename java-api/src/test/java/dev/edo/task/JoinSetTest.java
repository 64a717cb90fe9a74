package dev.edo.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.future.Poll;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JoinSetTest {
    private final JoinSet<Integer> set = new JoinSet<>();
    private final CountingContext cx = new CountingContext();

    private FakeTask<Integer> added() {
        var task = new FakeTask<Integer>();
        set.add(task);
        return task;
    }

    private static int value(Poll<JoinResult<Integer>> poll) throws Exception {
        return ((Poll.Ready<JoinResult<Integer>>) poll).value().get();
    }

    @Test
    void an_empty_set_has_no_next_task() {
        assertEquals(Poll.ready(null), set.pollJoinNext(cx));
        assertNull(set.tryJoinNext());
        assertTrue(set.isEmpty());
    }

    @Test
    void tasks_come_in_the_order_of_their_ends() throws Exception {
        var tasks = IntStream.range(0, 5).mapToObj(_ -> added()).toList();
        assertFalse(set.pollJoinNext(cx).isReady());
        for (int i : new int[] {3, 0, 4}) {
            tasks.get(i).complete(i);
        }
        assertEquals(1, cx.wakeUps);
        assertEquals(3, value(set.pollJoinNext(cx)));
        tasks.get(2).complete(2);
        tasks.get(1).complete(1);
        for (int i : new int[] {0, 4, 2, 1}) {
            assertEquals(i, value(set.pollJoinNext(cx)));
        }
        assertTrue(set.isEmpty());
    }

    @Test
    void a_poll_costs_the_same_whatever_the_size() throws Exception {
        var tasks = IntStream.range(0, 1_000).mapToObj(_ -> added()).toList();
        for (var task : tasks) {
            assertFalse(set.pollJoinNext(cx).isReady());
            task.complete(1);
            assertEquals(1, value(set.pollJoinNext(cx)));
        }
        assertEquals(2_000, tasks.stream().mapToInt(task -> task.polls).sum()); // once when added, once at the end
        assertEquals(1_000, cx.wakeUps);
    }

    @Test
    void a_task_that_has_ended_before_it_is_added_is_found() throws Exception {
        var task = new FakeTask<Integer>();
        task.complete(7);
        set.add(task);
        assertEquals(1, set.size());
        var result = set.tryJoinNext();
        assertEquals(new JoinResult.Completed<>(task.id(), 7), result);
        assertNull(set.tryJoinNext());
    }

    @Test
    void a_failed_task_is_a_result_too() {
        var boom = new IllegalStateException("boom");
        added().fail(boom);
        var failed = assertInstanceOf(JoinResult.Failed.class, set.tryJoinNext());
        assertSame(boom, failed.error().getCause());
        assertFalse(failed.isCancelled());
        added().endCancelled();
        var cancelled = set.tryJoinNext();
        assertTrue(cancelled != null && cancelled.isCancelled() && !cancelled.isCompleted());
    }

    @Test
    void the_last_waker_is_woken() {
        var other = new CountingContext();
        var task = added();
        assertFalse(set.pollJoinNext(cx).isReady());
        assertFalse(set.pollJoinNext(other).isReady());
        task.complete(1);
        assertEquals(0, cx.wakeUps);
        assertEquals(1, other.wakeUps);
    }

    @Test
    void nobody_is_woken_after_joinNext_was_cancelled_and_nothing_is_lost() throws Exception {
        var task = added();
        var next = set.joinNext();
        assertFalse(next.poll(cx).isReady());
        next.cancel();
        task.complete(1);
        assertEquals(0, cx.wakeUps);
        assertEquals(1, value(set.joinNext().poll(cx)));
        assertThrows(IllegalStateException.class, () -> next.poll(cx));
    }

    /** A task that was aborted gives its wait up when it runs next, when somebody else may wait already. */
    @Test
    void a_wait_that_is_given_up_late_leaves_the_next_one_alone() throws Exception {
        var other = new CountingContext();
        var task = added();
        var older = set.joinNext();
        var all = set.joinAll();
        var newer = set.joinNext();
        assertFalse(older.poll(cx).isReady());
        assertFalse(all.poll(cx).isReady());
        assertFalse(newer.poll(other).isReady());
        older.cancel();
        all.cancel();
        task.complete(1);
        assertEquals(0, cx.wakeUps);
        assertEquals(1, other.wakeUps);
        assertEquals(1, value(newer.poll(other)));
    }

    /** A task may wait in two places; the waker is the same then. */
    @Test
    void a_wait_that_is_given_up_leaves_a_later_one_of_the_same_task_alone() throws Exception {
        var task = added();
        var older = set.joinNext();
        var newer = set.joinNext();
        assertFalse(older.poll(cx).isReady());
        assertFalse(newer.poll(cx).isReady());
        older.cancel();
        task.complete(1);
        assertEquals(1, cx.wakeUps);
        assertEquals(1, value(newer.poll(cx)));
    }

    @Test
    void without_budget_nothing_is_taken() throws Exception {
        added().complete(1);
        added().complete(2);
        cx.budget = 1;
        assertEquals(1, value(set.pollJoinNext(cx)));
        assertFalse(set.pollJoinNext(cx).isReady());
        assertEquals(1, cx.wakeUps);
        assertEquals(1, set.size());
        cx.budget = 1;
        assertEquals(2, value(set.pollJoinNext(cx)));
        cx.budget = 0;
        assertEquals(Poll.ready(null), set.pollJoinNext(cx), "an empty set needs no budget");
    }

    @Test
    void a_task_woken_for_nothing_waits_again() throws Exception {
        var task = added();
        assertFalse(set.pollJoinNext(cx).isReady());
        task.wake();
        assertNull(set.tryJoinNext());
        assertTrue(task.isAwaited());
        task.complete(4);
        assertEquals(4, value(set.pollJoinNext(cx)));
        assertEquals(Poll.ready(null), set.pollJoinNext(cx));
    }

    /** Against the contract, somebody awaits the handle of a task in the set: that is said once, and no more. */
    @Test
    void a_task_whose_result_somebody_else_has_had_is_not_waited_for() throws Exception {
        var task = added();
        var other = added();
        assertFalse(set.pollJoinNext(cx).isReady());
        task.complete(1);
        task.isTaken = true;
        assertThrows(IllegalStateException.class, () -> set.pollJoinNext(cx));
        other.complete(2);
        assertEquals(2, value(set.pollJoinNext(cx)));
        assertEquals(Poll.ready(null), set.pollJoinNext(cx));
    }

    @Test
    void joinAll_has_the_values_in_the_order_of_their_ends() throws Exception {
        var first = added();
        var second = added();
        var all = set.joinAll();
        assertFalse(all.poll(cx).isReady());
        second.complete(2);
        assertFalse(all.poll(cx).isReady());
        first.complete(1);
        assertEquals(Poll.ready(List.of(2, 1)), all.poll(cx));
    }

    @Test
    void joinAll_aborts_the_rest_at_the_first_failure() {
        var rest = added();
        var boom = new IllegalStateException("boom");
        added().fail(boom);
        var error = assertThrows(JoinError.class, () -> set.joinAll().poll(cx));
        assertSame(boom, error.getCause());
        assertEquals(1, rest.aborts);
        assertTrue(set.isEmpty());
    }

    @Test
    void abortAll_leaves_the_tasks_in_the_set() throws Exception {
        var ended = added();
        ended.complete(1);
        var running = added();
        set.abortAll();
        assertEquals(1, running.aborts);
        running.endCancelled();
        assertEquals(1, value(set.pollJoinNext(cx)));
        var cancelled = set.tryJoinNext();
        assertTrue(cancelled != null && cancelled.isCancelled());
    }

    @Test
    void shutdown_aborts_and_waits() throws Exception {
        var tasks = List.of(added(), added());
        var shutdown = set.shutdown();
        assertFalse(shutdown.poll(cx).isReady());
        tasks.getFirst().endCancelled();
        assertFalse(shutdown.poll(cx).isReady());
        tasks.getLast().complete(1);
        assertTrue(shutdown.poll(cx).isReady());
        assertEquals(List.of(1, 1), tasks.stream().map(task -> task.aborts).toList());
        assertTrue(set.isEmpty());
    }

    @Test
    void detached_tasks_run_on_and_wake_nobody() {
        var tasks = List.of(added(), added());
        tasks.getFirst().complete(1);
        set.detachAll();
        assertTrue(set.isEmpty());
        assertEquals(List.of(0, 0), tasks.stream().map(task -> task.aborts).toList());
        assertFalse(tasks.getLast().isAwaited());
        assertNull(set.tryJoinNext());
    }

    @Test
    void a_set_that_was_emptied_keeps_no_task_that_had_ended() {
        var detached = added();
        detached.complete(1);
        set.detachAll();
        var detachedRef = new WeakReference<>(detached);
        detached = null;
        assertCollected(detachedRef);
        var closed = added();
        closed.complete(2);
        set.close();
        var closedRef = new WeakReference<>(closed);
        closed = null;
        assertCollected(closedRef);
        Reference.reachabilityFence(set);
    }

    private static void assertCollected(WeakReference<?> ref) {
        for (int i = 0; i < 100 && ref.get() != null; i++) {
            System.gc();
        }
        assertNull(ref.get());
    }

    @Test
    void close_aborts_what_is_left_and_may_be_repeated() {
        var tasks = IntStream.range(0, 3).mapToObj(_ -> added()).toList();
        set.close();
        set.close();
        assertEquals(0, set.size());
        assertEquals(List.of(1, 1, 1), tasks.stream().map(task -> task.aborts).toList());
    }

    @Test
    void abortAll_aborts_all_and_throws_what_the_aborts_did() {
        var tasks = IntStream.range(0, 4).mapToObj(_ -> added()).toList();
        var first = new IllegalStateException("first");
        var second = new IllegalStateException("second");
        tasks.get(1).abortFailure = first;
        tasks.get(2).abortFailure = second;
        var thrown = assertThrows(IllegalStateException.class, set::abortAll);
        assertEquals(List.of(1, 1, 1, 1), tasks.stream().map(task -> task.aborts).toList());
        assertEquals(Set.of(first, second), Set.of(thrown, thrown.getSuppressed()[0]));
        assertEquals(4, set.size());
    }

    @Test
    void shutdown_aborts_all_behind_an_abort_that_throws_and_can_be_polled_on() throws Exception {
        var tasks = IntStream.range(0, 3).mapToObj(_ -> added()).toList();
        tasks.get(1).abortFailure = new IllegalStateException("abort");
        var shutdown = set.shutdown();
        assertThrows(IllegalStateException.class, () -> shutdown.poll(cx));
        assertEquals(List.of(1, 1, 1), tasks.stream().map(task -> task.aborts).toList());
        tasks.forEach(FakeTask::endCancelled);
        assertTrue(shutdown.poll(cx).isReady());
    }

    @Test
    void close_aborts_what_is_left_behind_a_task_whose_abort_throws() {
        var tasks = IntStream.range(0, 3).mapToObj(_ -> added()).toList();
        tasks.get(1).abortFailure = new IllegalStateException("abort");
        assertThrows(IllegalStateException.class, set::close);
        assertEquals(0, set.size());
        assertEquals(List.of(1, 1, 1), tasks.stream().map(task -> task.aborts).toList());
    }
}
