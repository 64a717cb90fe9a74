package dev.edo.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.internal.OwnedWaker;
import java.util.ArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TaskTrackerTest {
    private final TaskTracker tracker = new TaskTracker();
    private final CountingContext cx = new CountingContext();

    @Test
    void close_and_reopen_tell_whether_they_changed_anything() {
        assertFalse(tracker.isClosed());
        assertTrue(tracker.close());
        assertTrue(tracker.isClosed());
        assertFalse(tracker.close());
        assertTrue(tracker.reopen());
        assertFalse(tracker.reopen());
        assertTrue(tracker.close());
    }

    @Test
    void tokens_count_until_they_are_closed_once() {
        var tokens = IntStream.range(0, 12).mapToObj(_ -> tracker.token()).toList();
        assertEquals(12, tracker.size());
        assertFalse(tracker.isEmpty());
        tokens.forEach(TaskTrackerToken::close);
        tokens.forEach(TaskTrackerToken::close);
        assertEquals(0, tracker.size());
        assertTrue(tracker.isEmpty());
        assertSame(tracker, tokens.getFirst().tracker());
    }

    @Test
    void a_closed_empty_tracker_is_waited_for_at_once() throws Exception {
        tracker.close();
        assertTrue(tracker.waitAll().poll(cx).isReady());
    }

    @Test
    void an_open_empty_tracker_is_waited_for_until_it_is_closed() throws Exception {
        var wait = tracker.waitAll();
        assertFalse(wait.poll(cx).isReady());
        tracker.close();
        assertEquals(1, cx.wakeUps);
        assertTrue(wait.poll(cx).isReady());
        assertThrows(IllegalStateException.class, () -> wait.poll(cx));
    }

    @Test
    void a_moment_closed_and_empty_is_enough() throws Exception {
        var before = tracker.waitAll();
        var polled = tracker.waitAll();
        assertFalse(polled.poll(cx).isReady());
        tracker.close();
        tracker.reopen();
        assertTrue(before.poll(cx).isReady());
        assertTrue(polled.poll(cx).isReady());
        assertFalse(tracker.waitAll().poll(cx).isReady());
    }

    @Test
    void a_wait_that_begins_closed_and_empty_has_seen_the_moment() throws Exception {
        tracker.close();
        var wait = tracker.waitAll();
        tracker.reopen();
        assertTrue(wait.poll(cx).isReady());
    }

    @Test
    void closing_between_any_two_ends() throws Exception {
        int tasks = 5;
        for (int closedAfter = 0; closedAfter <= tasks; closedAfter++) {
            var own = new TaskTracker();
            var tokens = IntStream.range(0, tasks).mapToObj(_ -> own.token()).toList();
            var wait = own.waitAll();
            for (int i = 0; i < tasks; i++) {
                assertFalse(wait.poll(cx).isReady());
                if (i == closedAfter) {
                    own.close();
                    assertFalse(wait.poll(cx).isReady());
                }
                tokens.get(i).close();
            }
            if (closedAfter == tasks) {
                assertFalse(wait.poll(cx).isReady());
                own.close();
            }
            assertTrue(wait.poll(cx).isReady());
        }
    }

    @Test
    void the_last_task_ends_the_wait_even_if_another_one_follows() throws Exception {
        tracker.close();
        var token = tracker.token();
        var wait = tracker.waitAll();
        assertFalse(wait.poll(cx).isReady());
        token.close();
        tracker.token();
        assertEquals(1, cx.wakeUps);
        assertTrue(wait.poll(cx).isReady());
    }

    @Test
    void an_open_tracker_that_runs_empty_ends_no_wait() throws Exception {
        var wait = tracker.waitAll();
        var token = tracker.token();
        assertFalse(wait.poll(cx).isReady());
        token.close();
        var next = tracker.token();
        assertFalse(wait.poll(cx).isReady());
        assertEquals(0, cx.wakeUps);
        next.close();
        tracker.close();
        assertTrue(wait.poll(cx).isReady());
    }

    @Test
    void everybody_who_waits_is_woken() throws Exception {
        var waits = new ArrayList<Future<?>>();
        for (int i = 0; i < 100; i++) {
            waits.add(tracker.waitAll());
            assertFalse(waits.getLast().poll(cx).isReady());
        }
        waits.get(50).cancel();
        tracker.close();
        assertEquals(99, cx.wakeUps);
        assertThrows(IllegalStateException.class, () -> waits.get(50).poll(cx));
        for (int i = 0; i < 100; i++) {
            assertTrue(i == 50 || waits.get(i).poll(cx).isReady());
        }
    }

    @Test
    void a_waker_that_throws_keeps_nobody_from_hearing_of_the_end() throws Exception {
        var waits = new ArrayList<Future<?>>();
        for (int i = 0; i < 3; i++) {
            waits.add(tracker.waitAll());
        }
        assertFalse(waits.get(0).poll(cx).isReady());
        assertFalse(waits.get(1).poll(Context.of(() -> {
            throw new IllegalStateException("waker");
        })).isReady());
        assertFalse(waits.get(2).poll(cx).isReady());
        assertThrows(IllegalStateException.class, tracker::close);
        assertEquals(2, cx.wakeUps);
    }

    @Test
    void a_new_waker_takes_the_place_of_the_old_one() throws Exception {
        var wait = tracker.waitAll();
        var other = new CountingContext();
        assertFalse(wait.poll(cx).isReady());
        assertFalse(wait.poll(other).isReady());
        tracker.close();
        assertEquals(0, cx.wakeUps);
        assertEquals(1, other.wakeUps);
    }

    @Test
    void a_tracked_future_counts_until_it_completes_fails_or_is_cancelled() throws Exception {
        var completes = tracker.trackFuture(Future.ready(1));
        var fails = tracker.trackFuture(Future.<Integer>failed(new IllegalStateException("boom")));
        var cancelled = tracker.trackFuture(Future.<Integer>pending());
        assertEquals(3, tracker.size());
        assertEquals(Poll.ready(1), completes.poll(cx));
        assertEquals(2, tracker.size());
        assertThrows(IllegalStateException.class, () -> fails.poll(cx));
        assertEquals(1, tracker.size());
        assertFalse(cancelled.poll(cx).isReady());
        cancelled.cancel();
        cancelled.cancel();
        assertEquals(0, tracker.size());
    }

    @Test
    void a_future_that_is_refused_is_not_counted() {
        assertThrows(NullPointerException.class, () -> tracker.trackFuture((Future<Integer>) null));
        assertTrue(tracker.isEmpty());
    }

    @Test
    void a_tracked_task_counts_until_it_ends_and_keeps_its_result() throws Exception {
        var task = new FakeTask<Integer>();
        var tracked = tracker.track(task);
        tracker.close();
        var wait = tracker.waitAll();
        assertFalse(wait.poll(cx).isReady());
        assertFalse(tracked.poll(cx).isReady());
        assertEquals("TaskTracker[size=1, closed=true]", tracker.toString());
        task.complete(3);
        assertEquals(2, cx.wakeUps);
        assertTrue(wait.poll(cx).isReady());
        assertTrue(tracked.isFinished());
        assertEquals(Poll.ready(3), tracked.poll(cx));
        assertThrows(IllegalStateException.class, () -> tracked.poll(cx));
    }

    /** The waker of a task that does not call. */
    private static final class OthersWaker implements OwnedWaker {
        private int wakeUps;

        @Override
        public boolean isCallers() {
            return false;
        }

        @Override
        public void wake() {
            wakeUps++;
        }
    }

    /** A task that was aborted gives its wait up when it runs next, when somebody else may wait already. */
    @Test
    void a_wait_for_a_tracked_task_that_is_given_up_late_leaves_the_next_one_alone() throws Exception {
        var task = new FakeTask<Integer>();
        var tracked = tracker.track(task);
        var newer = new OthersWaker();
        assertFalse(tracked.poll(cx).isReady());
        assertFalse(tracked.poll(Context.of(newer)).isReady());
        tracked.cancel();
        task.complete(1);
        assertEquals(0, cx.wakeUps);
        assertEquals(1, newer.wakeUps);
        assertEquals(Poll.ready(1), tracked.poll(Context.of(newer)));
    }

    @Test
    void a_wait_for_a_tracked_task_that_is_given_up_is_not_woken() throws Exception {
        var task = new FakeTask<Integer>();
        var tracked = tracker.track(task);
        assertFalse(tracked.poll(cx).isReady());
        tracked.cancel();
        task.complete(1);
        assertEquals(0, cx.wakeUps);
        assertEquals(Poll.ready(1), tracked.poll(cx));
    }

    @Test
    void a_task_that_has_ended_before_it_is_tracked_counts_no_more() throws Exception {
        var task = new FakeTask<Integer>();
        task.fail(new IllegalStateException("boom"));
        var tracked = tracker.track(task);
        assertTrue(tracker.isEmpty());
        assertTrue(assertThrows(JoinError.class, () -> tracked.poll(cx)).isPanic());
        assertEquals(task.id(), tracked.id());
    }
}
