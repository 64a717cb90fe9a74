package dev.edo.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.future.Context;
import org.junit.jupiter.api.Test;

class PollSemaphoreTest {
    private final Semaphore semaphore = new Semaphore(4);
    private final PollSemaphore polled = new PollSemaphore(semaphore);

    private FakeTask<SemaphorePermit> acquiring(long n) {
        return FakeTask.of(cx -> polled.pollAcquireMany(cx, n));
    }

    @Test
    void it_waits_for_a_permit_that_somebody_gives_back() throws Exception {
        var all = FakeTask.of(semaphore.acquireMany(4)).completes();
        var waiting = FakeTask.of(polled::pollAcquire).staysPending().staysPending();
        all.close();
        assertEquals(1, waiting.wakes());
        try (var permit = waiting.completes()) {
            assertEquals(1, permit.numPermits());
            assertEquals(3, semaphore.availablePermits());
        }
        assertSame(semaphore, polled.semaphore());
    }

    @Test
    void many_permits_are_waited_for_together() throws Exception {
        var one = FakeTask.of(polled::pollAcquire).completes();
        var two = acquiring(2).completes();
        assertEquals(1, semaphore.availablePermits());
        two.close();
        var four = acquiring(4).staysPending();
        assertEquals(0, semaphore.availablePermits());
        one.close();
        assertEquals(1, four.wakes());
        assertEquals(4, four.completes().numPermits());
        assertEquals(0, semaphore.availablePermits());
    }

    @Test
    void asking_for_another_number_gives_the_place_up() throws Exception {
        acquiring(5).staysPending();
        assertEquals(0, semaphore.availablePermits());
        var four = acquiring(4).completes();
        acquiring(5).staysPending();
        acquiring(4).staysPending();
        four.close();
        acquiring(5).staysPending();
        acquiring(4).completes().close();
        assertEquals(4, semaphore.availablePermits());
    }

    // Changing one's mind costs the place in the queue: who came meanwhile is served first.
    @Test
    void asking_for_another_number_waits_behind_the_others() throws Exception {
        var all = FakeTask.of(semaphore.acquireMany(4)).completes();
        acquiring(2).staysPending();
        var other = FakeTask.of(semaphore.acquireMany(4)).staysPending();
        var three = acquiring(3).staysPending();
        all.close();
        assertEquals(1, other.wakes());
        three.staysPending();
        other.completes().close();
        assertEquals(1, three.wakes());
        three.completes();
    }

    @Test
    void an_impossible_number_leaves_the_place_alone() throws Exception {
        var all = FakeTask.of(semaphore.acquireMany(4)).completes();
        var waiting = acquiring(1).staysPending();
        acquiring(-1).fails(IllegalArgumentException.class);
        all.close();
        assertEquals(1, waiting.wakes());
        waiting.completes();
    }

    @Test
    void a_closed_semaphore_fails_each_poll() throws Exception {
        var all = FakeTask.of(semaphore.acquireMany(4)).completes();
        var waiting = acquiring(1).staysPending();
        semaphore.close();
        assertEquals(1, waiting.wakes());
        waiting.fails(AcquireError.class);
        all.close();
        waiting.fails(AcquireError.class);
        assertThrows(AcquireError.class, () -> polled.pollAcquire(Context.of(() -> {})));
        assertFalse(polled.abortAcquire());
        assertEquals(4, semaphore.availablePermits());
    }

    @Test
    void giving_up_hands_on_what_was_assigned() throws Exception {
        assertFalse(polled.abortAcquire());
        var waiting = acquiring(5).staysPending();
        var other = FakeTask.of(semaphore.acquireMany(4)).staysPending();
        assertEquals("PollSemaphore[waiting, Semaphore[permits=0]]", polled.toString());
        assertTrue(polled.abortAcquire());
        assertEquals(0, waiting.wakes());
        assertEquals(1, other.wakes());
        other.completes().close();
        assertFalse(polled.abortAcquire());
        assertEquals("PollSemaphore[idle, Semaphore[permits=4]]", polled.toString());
    }
}
