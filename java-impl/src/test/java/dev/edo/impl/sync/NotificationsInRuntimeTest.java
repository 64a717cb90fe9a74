package dev.edo.impl.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.future.Future;
import dev.edo.future.Select;
import dev.edo.impl.contract.Eventually;
import dev.edo.impl.contract.Style;
import dev.edo.sync.Barrier;
import dev.edo.sync.BarrierWaitResult;
import dev.edo.sync.Notify;
import dev.edo.sync.SetOnce;
import dev.edo.task.JoinHandle;
import dev.edo.time.Sleep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@link Notify}, {@link Barrier} and {@link SetOnce} between tasks and threads. */
@Timeout(120)
class NotificationsInRuntimeTest extends InEveryRuntime {
    private static final int TASKS = 50;
    private static final int TURNS = 300;

    @Test
    void two_tasks_take_turns() throws Exception {
        var ping = new Notify();
        var pong = new Notify();
        var turns = new AtomicInteger();
        var answering = Style.STACKLESS.spawn(handle, () -> new Repeating(TURNS, () -> ping.notified()
                .map(_ -> {
                    turns.incrementAndGet();
                    pong.notifyOne();
                    return turns;
                })));
        var asking = style.spawn(handle, () -> new Repeating(TURNS, () -> {
            ping.notifyOne();
            return pong.notified();
        }));
        assertEquals(TURNS, resultOf(asking));
        assertEquals(TURNS, resultOf(answering));
        assertEquals(TURNS, turns.get());
    }

    /**
     * The consumer looks, finds nothing and waits, while the producer adds and notifies: the
     * notification between the look and the wait must be kept.
     */
    @Test
    void a_consumer_that_looks_and_then_waits_misses_nothing() throws Exception {
        var queue = new ConcurrentLinkedQueue<Integer>();
        var added = new Notify();
        var received = new AtomicInteger();
        var all = new CountDownLatch(TURNS);
        var consumer = style.spawn(handle, () -> new Repeating(Integer.MAX_VALUE, () -> {
            while (queue.poll() != null) {
                received.incrementAndGet();
                all.countDown();
            }
            return added.notified();
        }));
        for (int i = 0; i < TURNS; i++) {
            queue.add(i);
            added.notifyOne();
        }
        Eventually.opened("all to be received", all);
        assertEquals(TURNS, received.get());
        consumer.abort();
        assertTrue(failureOf(consumer).isCancelled());
    }

    @Test
    void all_who_wait_are_notified() throws Exception {
        var notify = new Notify();
        var waiting = new CountDownLatch(TASKS);
        var tasks = new ArrayList<JoinHandle<Integer>>();
        for (int i = 0; i < TASKS; i++) {
            tasks.add(style.spawn(handle, () -> {
                var notified = notify.notified();
                waiting.countDown();
                return notified.map(_ -> 1);
            }));
        }
        Eventually.opened("all to wait", waiting);
        notify.notifyWaiters();
        assertEquals(TASKS, resultsOf(tasks).size());
    }

    /**
     * Each waiter races with a limit of no time; a notification that a loser had been given must
     * come to another one.
     */
    @Test
    void waiters_that_give_up_lose_no_notification() throws Exception {
        var notify = new Notify();
        var received = new AtomicInteger();
        var last = style.spawn(handle, () -> notify.notified().map(_ -> received.incrementAndGet()));
        var losers = new ArrayList<JoinHandle<Integer>>();
        for (int i = 0; i < TASKS; i++) {
            losers.add(style.spawn(handle, () -> Select.of(
                    notify.notified().map(_ -> {
                        received.incrementAndGet();
                        notify.notifyOne(); // what was received is handed on
                        return 1;
                    }),
                    Sleep.of(Duration.ofNanos(1)).map(_ -> 0)).map(_ -> 0)));
        }
        notify.notifyOne();
        resultsOf(losers);
        assertTrue(resultOf(last) > 0);
    }

    @Test
    void a_barrier_has_one_leader_in_each_round() throws Exception {
        int parties = 7;
        var barrier = new Barrier(parties);
        var leaders = new AtomicInteger();
        var arrived = new AtomicInteger();
        var tasks = new ArrayList<JoinHandle<Integer>>();
        for (int i = 0; i < parties; i++) {
            var rounds = new AtomicInteger();
            tasks.add(style.spawn(handle, () -> new Repeating(TURNS, () -> {
                arrived.incrementAndGet();
                return barrier.waitForAll().map((BarrierWaitResult result) -> {
                    int all = arrived.get();
                    int round = rounds.incrementAndGet();
                    assertTrue(all >= round * parties, "round=" + round + " arrived=" + all);
                    return result.isLeader() ? leaders.incrementAndGet() : 0;
                });
            })));
        }
        resultsOf(tasks);
        assertEquals(TURNS, leaders.get());
        assertEquals(TURNS * parties, arrived.get());
    }

    @Test
    void a_value_that_is_set_reaches_all_and_is_set_by_one() throws Exception {
        var cell = new SetOnce<Integer>();
        var waiters = new ArrayList<JoinHandle<Integer>>();
        var setters = new ArrayList<JoinHandle<Boolean>>();
        for (int i = 0; i < TASKS; i++) {
            int value = i;
            waiters.add(style.spawn(handle, cell::waitForValue));
            setters.add(style.spawn(handle, () -> Future.lazy(() -> cell.set(value))));
        }
        var threadsValue = Eventually.returns("a thread", () -> cell.waitForValue().await());
        for (var seen : resultsOf(waiters)) {
            assertEquals(threadsValue, seen);
        }
        assertEquals(1, resultsOf(setters).stream().filter(set -> set).count());
    }
}
