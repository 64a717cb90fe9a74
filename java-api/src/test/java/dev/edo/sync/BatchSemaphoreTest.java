package dev.edo.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.future.Context;
import dev.edo.future.Waker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BatchSemaphoreTest {
    /** More than are served in one turn of the lock. */
    private static final int MANY = 100;

    /** A context whose task has used its budget, or which counts what is used. */
    private static final class Budget implements Context {
        private final boolean left;
        private int progress;

        Budget(boolean left) {
            this.left = left;
        }

        @Override
        public Waker waker() {
            return () -> {};
        }

        @Override
        public boolean pollProceed() {
            return left;
        }

        @Override
        public void madeProgress() {
            progress++;
        }
    }

    private static FakeTask<Acquisition> task(BatchSemaphore semaphore, long n) {
        return FakeTask.of(new Wanting(semaphore.acquire(n)));
    }

    private static FakeTask<Acquisition> waiting(BatchSemaphore semaphore, long n) throws Exception {
        return task(semaphore, n).staysPending();
    }

    private static void assertAcquires(FakeTask<Acquisition> task) throws Exception {
        assertEquals(Acquisition.ACQUIRED, task.completes());
    }

    private static void assertServed(FakeTask<Acquisition> task) throws Exception {
        assertEquals(1, task.wakes());
        assertAcquires(task);
    }

    private static void assertUnserved(FakeTask<Acquisition> task) throws Exception {
        assertEquals(0, task.wakes());
        task.staysPending();
    }

    private static void assertRefused(FakeTask<Acquisition> task) throws Exception {
        assertEquals(Acquisition.CLOSED, task.completes());
    }

    @Test
    void polling_takes_what_is_free() throws Exception {
        var semaphore = new PlainPermits(100);
        assertAcquires(task(semaphore, 1));
        assertEquals(99, semaphore.availablePermits());
        assertAcquires(task(semaphore, 5));
        assertAcquires(task(semaphore, 94));
        assertEquals(0, semaphore.availablePermits());
    }

    @Test
    void nothing_is_taken_before_the_first_poll() {
        var semaphore = new PlainPermits(1);
        var task = task(semaphore, 1);
        assertEquals(1, semaphore.availablePermits());
        task.cancel();
        assertEquals(1, semaphore.availablePermits());
    }

    @Test
    void trying_takes_all_or_nothing() {
        var semaphore = new PlainPermits(5);
        assertEquals(Acquisition.ACQUIRED, semaphore.tryAcquire(1));
        assertEquals(Acquisition.UNAVAILABLE, semaphore.tryAcquire(5));
        assertEquals(4, semaphore.availablePermits());
        semaphore.release(1);
        assertEquals(Acquisition.ACQUIRED, semaphore.tryAcquire(5));
        semaphore.release(1);
        assertEquals(1, semaphore.availablePermits());
        semaphore.release(1);
        assertEquals(2, semaphore.availablePermits());
    }

    @Test
    void a_released_permit_is_the_waiters_before_it_runs() throws Exception {
        var semaphore = new PlainPermits(1);
        assertAcquires(task(semaphore, 1));
        var waiter = waiting(semaphore, 1);
        semaphore.release(1);
        assertEquals(0, semaphore.availablePermits());
        assertEquals(Acquisition.UNAVAILABLE, semaphore.tryAcquire(1));
        assertServed(waiter);
        semaphore.release(1);
        assertEquals(1, semaphore.availablePermits());
    }

    @Test
    void a_waiter_keeps_what_was_free_and_gets_the_rest_first() throws Exception {
        var semaphore = new PlainPermits(5);
        assertAcquires(task(semaphore, 1));
        var five = waiting(semaphore, 5);
        assertEquals(0, semaphore.availablePermits());
        var three = waiting(semaphore, 3);
        semaphore.release(1);
        assertServed(five);
        assertUnserved(three);
        semaphore.release(1);
        assertUnserved(three);
        semaphore.release(2);
        assertServed(three);
        assertEquals(0, semaphore.availablePermits());
    }

    @Test
    void who_wants_little_does_not_overtake_who_wants_much() throws Exception {
        var semaphore = new PlainPermits(2);
        var much = waiting(semaphore, 3);
        var little = waiting(semaphore, 1);
        assertEquals(Acquisition.UNAVAILABLE, semaphore.tryAcquire(1));
        semaphore.release(1);
        assertServed(much);
        assertUnserved(little);
        semaphore.release(1);
        assertServed(little);
    }

    @Test
    void one_release_serves_many_waiters_in_order_and_the_rest_is_free() throws Exception {
        var semaphore = new PlainPermits(0);
        var served = new ArrayList<Integer>();
        var waiters = new ArrayList<Acquire>();
        for (int i = 0; i < MANY; i++) {
            int number = i;
            var acquire = semaphore.acquire(1);
            acquire.pollAcquire(Context.of(() -> served.add(number)));
            waiters.add(acquire);
        }
        semaphore.release(MANY - 1);
        assertEquals(MANY - 1, served.size());
        assertEquals(served.stream().sorted().toList(), served);
        semaphore.release(3);
        assertEquals(2, semaphore.availablePermits());
        for (var waiter : waiters) {
            assertEquals(Acquisition.ACQUIRED, waiter.pollAcquire(new Budget(true)));
        }
    }

    @Test
    void zero_permits_are_there_at_once() throws Exception {
        var semaphore = new PlainPermits(0);
        assertAcquires(task(semaphore, 0));
        var waiter = waiting(semaphore, 1);
        assertAcquires(task(semaphore, 0));
        semaphore.release(0);
        assertUnserved(waiter);
    }

    @Test
    void cancelling_gives_back_what_was_assigned() throws Exception {
        var semaphore = new PlainPermits(10);
        assertEquals(Acquisition.ACQUIRED, semaphore.tryAcquire(4));
        var waiter = waiting(semaphore, 8);
        assertEquals(0, semaphore.availablePermits());
        waiter.cancel();
        waiter.cancel();
        assertEquals(6, semaphore.availablePermits());
    }

    @Test
    void cancelling_hands_what_was_assigned_to_the_next() throws Exception {
        var semaphore = new PlainPermits(2);
        var first = waiting(semaphore, 3);
        var second = waiting(semaphore, 1);
        var third = waiting(semaphore, 2);
        first.cancel();
        assertServed(second);
        assertUnserved(third);
        semaphore.release(1);
        assertServed(third);
    }

    @Test
    void cancelling_after_the_wake_up_hands_the_permits_on() throws Exception {
        var semaphore = new PlainPermits(0);
        var first = waiting(semaphore, 2);
        var second = waiting(semaphore, 1);
        semaphore.release(2);
        assertEquals(1, first.wakes());
        assertUnserved(second);
        first.cancel();
        assertServed(second);
        assertEquals(1, semaphore.availablePermits());
    }

    @Test
    void who_waits_in_the_middle_can_leave() throws Exception {
        var semaphore = new PlainPermits(0);
        var first = waiting(semaphore, 1);
        var second = waiting(semaphore, 1);
        var third = waiting(semaphore, 1);
        second.cancel();
        semaphore.release(2);
        assertServed(first);
        assertServed(third);
        var fourth = waiting(semaphore, 1);
        var last = waiting(semaphore, 1);
        last.cancel();
        semaphore.release(2);
        assertServed(fourth);
        assertEquals(1, semaphore.availablePermits());
    }

    @Test
    void cancelling_after_the_end_gives_nothing_back() throws Exception {
        var semaphore = new PlainPermits(0);
        var waiter = waiting(semaphore, 1);
        semaphore.release(1);
        assertServed(waiter);
        waiter.cancel();
        assertEquals(0, semaphore.availablePermits());
    }

    @Test
    void a_spent_wait_cannot_be_polled() throws Exception {
        var semaphore = new PlainPermits(5);
        var done = task(semaphore, 1);
        assertAcquires(done);
        done.fails(IllegalStateException.class);
        var cancelled = task(semaphore, 1);
        cancelled.cancel();
        cancelled.fails(IllegalStateException.class);
        assertEquals(4, semaphore.availablePermits());
    }

    @Test
    void the_last_waker_is_woken() throws Exception {
        var semaphore = new PlainPermits(0);
        var waiter = waiting(semaphore, 1);
        var former = waiter.movesToAnotherTask();
        waiter.staysPending();
        semaphore.release(1);
        assertEquals(0, former.get());
        assertServed(waiter);
    }

    @Test
    void a_waker_may_use_the_semaphore() {
        var semaphore = new PlainPermits(0);
        var released = new AtomicInteger();
        var first = semaphore.acquire(1);
        var second = semaphore.acquire(1);
        first.pollAcquire(Context.of(() -> {
            released.incrementAndGet();
            semaphore.release(1);
        }));
        second.pollAcquire(Context.of(released::incrementAndGet));
        semaphore.release(1);
        assertEquals(2, released.get());
    }

    @Test
    void a_waker_that_throws_keeps_nobody_from_being_served() {
        var semaphore = new PlainPermits(0);
        var thrown = new IllegalStateException("a bad waker");
        var bad = semaphore.acquire(1);
        bad.pollAcquire(Context.of(() -> {
            throw thrown;
        }));
        var wakes = new AtomicInteger();
        var others = new ArrayList<Acquire>();
        for (int i = 0; i < MANY; i++) {
            var other = semaphore.acquire(1);
            other.pollAcquire(Context.of(wakes::incrementAndGet));
            others.add(other);
        }
        assertEquals(thrown, assertThrows(IllegalStateException.class, () -> semaphore.release(MANY + 2)));
        assertEquals(MANY, wakes.get());
        assertEquals(1, semaphore.availablePermits());
        for (var other : others) {
            assertEquals(Acquisition.ACQUIRED, other.pollAcquire(new Budget(true)));
        }
    }

    @Test
    void closing_refuses_who_waits_and_who_comes() throws Exception {
        var semaphore = new PlainPermits(2);
        assertEquals(Acquisition.ACQUIRED, semaphore.tryAcquire(2));
        var first = waiting(semaphore, 1);
        var second = waiting(semaphore, 1);
        semaphore.close();
        semaphore.close();
        assertTrue(semaphore.isClosed());
        for (var waiter : List.of(first, second)) {
            assertEquals(1, waiter.wakes());
            assertRefused(waiter);
        }
        assertRefused(task(semaphore, 1));
        semaphore.release(1);
        assertEquals(1, semaphore.availablePermits());
        assertRefused(task(semaphore, 1));
        assertEquals(Acquisition.CLOSED, semaphore.tryAcquire(1));
        semaphore.release(1);
        assertEquals(2, semaphore.availablePermits());
    }

    @Test
    void closing_leaves_free_permits_where_they_are() throws Exception {
        var semaphore = new PlainPermits(5);
        semaphore.close();
        assertEquals(5, semaphore.availablePermits());
        assertRefused(task(semaphore, 1));
        assertRefused(task(semaphore, 0));
        assertEquals(5, semaphore.availablePermits());
    }

    @Test
    void closing_takes_back_what_a_waiter_has_in_part() throws Exception {
        var semaphore = new PlainPermits(2);
        var waiter = waiting(semaphore, 5);
        var behind = waiting(semaphore, 5);
        semaphore.release(1);
        semaphore.close();
        assertEquals(3, semaphore.availablePermits());
        assertRefused(waiter);
        behind.cancel();
        assertEquals(3, semaphore.availablePermits());
    }

    @Test
    void who_gives_up_after_the_close_has_nothing_to_give_back() throws Exception {
        var semaphore = new PlainPermits(2);
        var waiter = waiting(semaphore, 5);
        semaphore.close();
        assertEquals(2, semaphore.availablePermits());
        waiter.cancel();
        assertEquals(2, semaphore.availablePermits());
    }

    @Test
    void who_was_served_before_the_close_has_its_permits() throws Exception {
        var semaphore = new PlainPermits(0);
        var polled = waiting(semaphore, 2);
        var cancelled = waiting(semaphore, 1);
        semaphore.release(3);
        semaphore.close();
        assertServed(polled);
        assertEquals(0, semaphore.availablePermits());
        cancelled.cancel();
        assertEquals(1, semaphore.availablePermits());
    }

    @Test
    void a_new_waker_after_the_close_finds_out_as_well() throws Exception {
        var semaphore = new PlainPermits(0);
        var waiter = waiting(semaphore, 1);
        semaphore.close();
        waiter.movesToAnotherTask();
        assertRefused(waiter);
    }

    @Test
    void forgetting_takes_what_is_free_and_no_more() {
        var semaphore = new PlainPermits(10);
        assertEquals(4, semaphore.forgetPermits(4));
        assertEquals(6, semaphore.forgetPermits(10));
        assertEquals(0, semaphore.forgetPermits(1));
        semaphore.release(2);
        semaphore.close();
        assertEquals(1, semaphore.forgetPermits(1));
        assertEquals(1, semaphore.availablePermits());
        assertTrue(semaphore.isClosed());
    }

    @Test
    void permits_come_and_go_many_times() throws Exception {
        var semaphore = new PlainPermits(5);
        var seven = waiting(semaphore, 7);
        semaphore.release(5);
        assertServed(seven);
        assertEquals(3, semaphore.availablePermits());
        assertEquals(3, semaphore.forgetPermits(3));
        assertEquals(0, semaphore.availablePermits());
    }

    @Test
    void the_number_of_permits_has_bounds() {
        var max = BatchSemaphore.MAX_PERMITS;
        assertEquals(max, new PlainPermits(max).availablePermits());
        assertThrows(IllegalArgumentException.class, () -> new PlainPermits(max + 1));
        assertThrows(IllegalArgumentException.class, () -> new PlainPermits(-1));
        var semaphore = new PlainPermits(max - 1);
        assertThrows(IllegalArgumentException.class, () -> semaphore.acquire(-1));
        assertThrows(IllegalArgumentException.class, () -> semaphore.tryAcquire(max + 1));
        assertThrows(IllegalArgumentException.class, () -> semaphore.release(-1));
        assertThrows(IllegalArgumentException.class, () -> semaphore.forgetPermits(-1));
        semaphore.release(1);
        assertThrows(IllegalStateException.class, () -> semaphore.release(1));
        assertEquals(max, semaphore.availablePermits());
        assertFalse(semaphore.isClosed());
    }

    @Test
    void without_budget_nothing_is_taken() throws Exception {
        var semaphore = new PlainPermits(1);
        var acquire = semaphore.acquire(1);
        assertEquals(Acquisition.UNAVAILABLE, acquire.pollAcquire(new Budget(false)));
        assertEquals(1, semaphore.availablePermits());
        var budget = new Budget(true);
        assertEquals(Acquisition.ACQUIRED, acquire.pollAcquire(budget));
        assertEquals(1, budget.progress);
        var waiter = semaphore.acquire(1);
        assertEquals(Acquisition.UNAVAILABLE, waiter.pollAcquire(budget));
        assertEquals(1, budget.progress);
        waiter.cancelAcquire();
    }
}
