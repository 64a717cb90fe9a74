package dev.edo.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BarrierTest {
    private static FakeTask<BarrierWaitResult> task(Barrier barrier) {
        return FakeTask.of(barrier.waitForAll());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void alone_nobody_waits_and_everybody_leads(int parties) throws Exception {
        var barrier = new Barrier(parties);
        for (int i = 0; i < 3; i++) {
            assertTrue(task(barrier).completes().isLeader());
        }
        assertEquals(1, barrier.parties());
    }

    @Test
    void the_last_one_opens_it_and_leads() throws Exception {
        var barrier = new Barrier(2);
        var first = task(barrier).staysPending();
        assertTrue(task(barrier).completes().isLeader());
        assertEquals(1, first.wakes());
        assertFalse(first.completes().isLeader());
    }

    @Test
    void it_can_be_used_again_and_again() throws Exception {
        var barrier = new Barrier(100);
        for (int round = 0; round < 10; round++) {
            var waiters = new ArrayList<FakeTask<BarrierWaitResult>>();
            for (int i = 1; i < barrier.parties(); i++) {
                waiters.add(task(barrier).staysPending());
            }
            for (var waiter : waiters) {
                assertEquals(0, waiter.wakes());
                waiter.staysPending();
            }
            assertTrue(task(barrier).completes().isLeader());
            for (var waiter : waiters) {
                assertEquals(1, waiter.wakes());
                assertFalse(waiter.completes().isLeader());
            }
        }
    }

    @Test
    void who_is_through_does_not_see_that_the_next_round_has_begun() throws Exception {
        var barrier = new Barrier(2);
        var slow = task(barrier).staysPending();
        task(barrier).completes();
        var nextRound = task(barrier).staysPending();
        assertFalse(slow.completes().isLeader());
        nextRound.staysPending();
        task(barrier).completes();
        nextRound.completes();
    }

    @Test
    void an_unpolled_wait_has_not_arrived() throws Exception {
        var barrier = new Barrier(2);
        var lazy = task(barrier);
        var other = task(barrier).staysPending();
        lazy.cancel();
        other.staysPending();
        task(barrier).completes();
        other.completes();
    }

    @Test
    void who_gives_up_takes_its_arrival_back() throws Exception {
        var barrier = new Barrier(3);
        var gone = task(barrier).staysPending();
        var waiter = task(barrier).staysPending();
        gone.cancel();
        gone.cancel();
        var another = task(barrier).staysPending();
        assertTrue(task(barrier).completes().isLeader());
        assertEquals(0, gone.wakes());
        waiter.completes();
        another.completes();
    }

    @Test
    void giving_up_after_it_has_opened_changes_nothing() throws Exception {
        var barrier = new Barrier(2);
        var through = task(barrier).staysPending();
        task(barrier).completes();
        through.cancel();
        var next = task(barrier).staysPending();
        assertTrue(task(barrier).completes().isLeader());
        next.completes();
    }

    @Test
    void the_last_waker_is_woken() throws Exception {
        var barrier = new Barrier(2);
        var waiter = task(barrier).staysPending();
        var former = waiter.movesToAnotherTask();
        waiter.staysPending();
        task(barrier).completes();
        assertEquals(0, former.get());
        assertEquals(1, waiter.wakes());
        waiter.completes();
        waiter.fails(IllegalStateException.class);
    }

    @Test
    void a_negative_number_is_refused() {
        assertThrows(IllegalArgumentException.class, () -> new Barrier(-1));
    }
}
