package dev.edo.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ChannelPermitsTest {
    private static final int CAPACITY = 3;

    private final ListTail list = new ListTail();
    private final ChannelPermits permits = new ChannelPermits(CAPACITY, list);

    private FakeTask<Acquisition> waiting(int n) throws Exception {
        return FakeTask.of(new Wanting(permits.acquire(n))).staysPending();
    }

    private void fill() {
        for (int i = 0; i < CAPACITY; i++) {
            assertEquals(Acquisition.ACQUIRED, permits.tryAcquire(1));
            list.push(i);
        }
        assertEquals(Acquisition.UNAVAILABLE, permits.tryAcquire(1));
    }

    private void receive() {
        assertNotNull(list.head().poll(list));
        permits.received();
    }

    @Test
    void a_permit_is_back_when_its_message_was_received() {
        fill();
        assertEquals(0, permits.availablePermits());
        receive();
        receive();
        assertEquals(2, permits.availablePermits());
        assertEquals(0, permits.inWord(), "nobody wanted them yet");
        assertEquals(Acquisition.UNAVAILABLE, permits.tryAcquire(3));
        assertEquals(Acquisition.ACQUIRED, permits.tryAcquire(1));
        assertEquals(1, permits.availablePermits());
        assertEquals(1, permits.inWord(), "swept up together with the other one");
    }

    @Test
    void who_comes_after_the_message_was_received_does_not_wait() throws Exception {
        fill();
        receive();
        var task = FakeTask.of(new Wanting(permits.acquire(1)));
        assertEquals(Acquisition.ACQUIRED, task.completes());
        assertEquals(0, permits.availablePermits());
    }

    @Test
    void a_received_message_serves_who_waits() throws Exception {
        fill();
        var first = waiting(1);
        var second = waiting(1);
        receive();
        assertEquals(1, first.wakes());
        assertEquals(0, second.wakes());
        assertEquals(Acquisition.UNAVAILABLE, permits.tryAcquire(1));
        assertEquals(Acquisition.ACQUIRED, first.completes());
        receive();
        assertEquals(1, second.wakes());
        assertEquals(Acquisition.ACQUIRED, second.completes());
    }

    @Test
    void a_wait_for_more_takes_what_comes_until_it_is_enough() throws Exception {
        fill();
        receive();
        var all = waiting(CAPACITY);
        assertEquals(0, permits.availablePermits(), "one is the waiter's already");
        receive();
        assertEquals(0, all.wakes());
        receive();
        assertEquals(1, all.wakes());
        assertEquals(Acquisition.ACQUIRED, all.completes());
        permits.release(CAPACITY);
        assertEquals(CAPACITY, permits.availablePermits());
    }

    @Test
    void who_gives_up_hands_on_what_it_was_given() throws Exception {
        fill();
        var many = waiting(2);
        var one = waiting(1);
        receive();
        assertEquals(0, one.wakes());
        many.cancel();
        assertEquals(1, one.wakes());
        assertEquals(Acquisition.ACQUIRED, one.completes());
    }

    @Test
    void nobody_is_left_to_be_looked_for_once_the_last_waiter_was_served() throws Exception {
        fill();
        var task = waiting(1);
        receive();
        assertEquals(Acquisition.ACQUIRED, task.completes());
        receive(); // takes the mark of waiting away, because nobody does
        assertEquals(1, permits.inWord());
        receive();
        assertEquals(1, permits.inWord(), "the receiver no longer looks after the word");
        assertEquals(2, permits.availablePermits());
    }

    @Test
    void after_the_close_all_is_back_when_the_last_message_was_received() throws Exception {
        fill();
        receive();
        var waiter = waiting(2);
        permits.close();
        assertEquals(Acquisition.CLOSED, waiter.completes());
        assertEquals(1, permits.availablePermits(), "the waiter's part");
        assertFalse(permits.isClosedAndBack(CAPACITY));
        receive();
        assertFalse(permits.isClosedAndBack(CAPACITY));
        receive();
        assertTrue(permits.isClosedAndBack(CAPACITY));
        assertEquals(Acquisition.CLOSED, permits.tryAcquire(1));
        assertEquals(CAPACITY, permits.availablePermits());
    }

    @Test
    void it_is_not_over_before_the_close() {
        assertEquals(CAPACITY, permits.availablePermits());
        assertFalse(permits.isClosedAndBack(CAPACITY));
    }
}
