package dev.edo.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SetOnceTest {
    private final SetOnce<Integer> cell = new SetOnce<>();

    @Test
    void it_is_set_once() {
        assertNull(cell.get());
        assertFalse(cell.isInitialized());
        assertTrue(cell.set(5));
        assertFalse(cell.set(6));
        assertEquals(5, cell.get());
        assertTrue(cell.isInitialized());
    }

    @Test
    void one_that_has_its_value_is_set() throws Exception {
        var set = new SetOnce<>(2);
        assertFalse(set.set(3));
        assertEquals(2, FakeTask.of(set.waitForValue()).completes());
    }

    @Test
    void all_who_wait_are_woken_once() throws Exception {
        var first = FakeTask.of(cell.waitForValue()).staysPending();
        var second = FakeTask.of(cell.waitForValue()).staysPending();
        var unpolled = FakeTask.of(cell.waitForValue());
        assertTrue(cell.set(4));
        assertFalse(cell.set(5));
        assertEquals(1, first.wakes());
        assertEquals(1, second.wakes());
        assertEquals(4, first.completes());
        assertEquals(4, second.completes());
        assertEquals(4, unpolled.completes());
        first.fails(IllegalStateException.class);
    }

    @Test
    void who_gave_up_is_not_woken() throws Exception {
        var gone = FakeTask.of(cell.waitForValue()).staysPending();
        var stays = FakeTask.of(cell.waitForValue()).staysPending();
        gone.cancel();
        cell.set(4);
        assertEquals(0, gone.wakes());
        assertEquals(1, stays.wakes());
        stays.cancel();
        gone.fails(IllegalStateException.class);
    }

    @Test
    void the_last_waker_is_woken() throws Exception {
        var waiter = FakeTask.of(cell.waitForValue()).staysPending();
        var former = waiter.movesToAnotherTask();
        waiter.staysPending();
        cell.set(4);
        assertEquals(0, former.get());
        assertEquals(1, waiter.wakes());
    }

    @Test
    void null_is_no_value() {
        assertThrows(NullPointerException.class, () -> cell.set(nothing()));
        assertThrows(NullPointerException.class, () -> new SetOnce<>(nothing()));
    }

    @SuppressWarnings("NullAway") // what a caller without a null checker does
    private static Integer nothing() {
        return null;
    }

    @Test
    void it_says_what_it_has() {
        assertEquals("SetOnce[unset]", cell.toString());
        cell.set(1);
        assertEquals("SetOnce[1]", cell.toString());
    }
}
