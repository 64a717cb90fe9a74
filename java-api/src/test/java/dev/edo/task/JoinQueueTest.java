package dev.edo.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.future.Poll;
import java.util.List;
import org.junit.jupiter.api.Test;

class JoinQueueTest {
    private final JoinQueue<Integer> queue = new JoinQueue<>();
    private final CountingContext cx = new CountingContext();

    private FakeTask<Integer> added() {
        var task = new FakeTask<Integer>();
        queue.add(task);
        return task;
    }

    private Object next() throws Exception {
        var result = queue.tryJoinNext();
        return result == null ? "none" : result.get();
    }

    @Test
    void tasks_come_in_the_order_in_which_they_were_added() throws Exception {
        var a = added();
        var b = added();
        b.complete(2);
        assertEquals("none", next());
        a.complete(1);
        assertEquals(1, next());
        assertEquals(2, next());
        assertEquals(Poll.ready(null), queue.joinNext().poll(cx));
    }

    @Test
    void only_the_oldest_task_wakes() {
        var a = added();
        var b = added();
        assertFalse(queue.pollJoinNext(cx).isReady());
        b.complete(2);
        assertEquals(0, cx.wakeUps);
        a.complete(1);
        assertEquals(1, cx.wakeUps);
        assertTrue(queue.pollJoinNext(cx).isReady());
        assertTrue(queue.pollJoinNext(cx).isReady());
        assertEquals(1, cx.wakeUps);
    }

    @Test
    void tryJoinNext_keeps_the_waker_of_who_waits() {
        var a = added();
        assertFalse(queue.pollJoinNext(cx).isReady());
        assertNull(queue.tryJoinNext());
        a.complete(1);
        assertEquals(1, cx.wakeUps);
    }

    @Test
    void results_carry_their_ids() {
        var a = added();
        a.complete(5);
        assertEquals(new JoinResult.Completed<>(a.id(), 5), queue.tryJoinNext());
        var b = added();
        b.endCancelled();
        var cancelled = queue.tryJoinNext();
        assertTrue(cancelled != null && cancelled.isCancelled());
        assertEquals(b.id(), cancelled.id());
    }

    @Test
    void joinAll_keeps_the_order() throws Exception {
        var a = added();
        added().complete(2);
        var all = queue.joinAll();
        assertFalse(all.poll(cx).isReady());
        a.complete(1);
        assertEquals(Poll.ready(List.of(1, 2)), all.poll(cx));
    }

    @Test
    void joinAll_aborts_those_behind_a_failure() {
        added().fail(new IllegalStateException("boom"));
        var behind = added();
        assertThrows(JoinError.class, () -> queue.joinAll().poll(cx));
        assertEquals(1, behind.aborts);
        assertTrue(queue.isEmpty());
    }

    @Test
    void shutdown_aborts_and_waits() throws Exception {
        var tasks = List.of(added(), added());
        var shutdown = queue.shutdown();
        assertFalse(shutdown.poll(cx).isReady());
        tasks.forEach(FakeTask::endCancelled);
        assertTrue(shutdown.poll(cx).isReady());
        assertEquals(List.of(1, 1), tasks.stream().map(task -> task.aborts).toList());
    }

    @Test
    void abortAll_leaves_the_tasks_in_the_queue_and_their_results() throws Exception {
        var running = added();
        var ended = added();
        ended.complete(2);
        queue.abortAll();
        assertEquals(2, queue.size());
        assertEquals(List.of(1, 1), List.of(running.aborts, ended.aborts));
        running.endCancelled();
        var first = queue.tryJoinNext();
        assertTrue(first != null && first.isCancelled());
        assertEquals(2, next());
        assertTrue(queue.isEmpty());
    }

    @Test
    void an_aborted_task_keeps_its_place() throws Exception {
        var a = added();
        var task = new FakeTask<Integer>();
        queue.add(task).abort();
        assertEquals(1, task.aborts);
        var c = added();
        c.complete(3);
        task.endCancelled();
        assertEquals("none", next());
        assertEquals(3, queue.size());
        a.complete(1);
        assertEquals(1, next());
        var cancelled = queue.tryJoinNext();
        assertTrue(cancelled != null && cancelled.isCancelled());
        assertEquals(3, next());
    }

    /** A task that was aborted gives its wait up when it runs next, when somebody else may wait already. */
    @Test
    void a_wait_that_is_given_up_late_leaves_the_next_one_alone() throws Exception {
        var other = new CountingContext();
        var task = added();
        var older = queue.joinNext();
        var newer = queue.joinNext();
        assertFalse(older.poll(cx).isReady());
        assertFalse(newer.poll(other).isReady());
        older.cancel();
        task.complete(1);
        assertEquals(0, cx.wakeUps);
        assertEquals(1, other.wakeUps);
        assertTrue(newer.poll(other).isReady());
    }

    @Test
    void cancelled_joinNext_wakes_nobody_and_loses_nothing() throws Exception {
        var a = added();
        var next = queue.joinNext();
        assertFalse(next.poll(cx).isReady());
        next.cancel();
        assertFalse(a.isAwaited());
        a.complete(1);
        assertEquals(1, next());
    }

    @Test
    void detachAll_leaves_the_tasks_running_and_close_aborts_them() {
        var detached = added();
        assertFalse(queue.pollJoinNext(cx).isReady());
        queue.detachAll();
        assertEquals(0, detached.aborts);
        assertFalse(detached.isAwaited());
        var closed = added();
        queue.close();
        queue.close();
        assertEquals(1, closed.aborts);
        assertEquals(0, queue.size());
    }

    @Test
    void abortAll_and_close_go_on_behind_an_abort_that_throws() {
        var first = added();
        var second = added();
        var third = added();
        first.abortFailure = new IllegalStateException("first");
        second.abortFailure = new IllegalStateException("second");
        var thrown = assertThrows(IllegalStateException.class, queue::abortAll);
        assertSame(first.abortFailure, thrown);
        assertSame(second.abortFailure, thrown.getSuppressed()[0]);
        assertEquals(1, third.aborts);
        assertThrows(IllegalStateException.class, queue::close);
        assertEquals(2, third.aborts);
        assertEquals(0, queue.size());
    }
}
