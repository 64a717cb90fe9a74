package dev.edo.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Objects;
import org.junit.jupiter.api.Test;

class MutexTest {
    private record Pair(String left, String right) {}

    private static <T> MutexGuard<T> locked(Mutex<T> mutex) {
        return Objects.requireNonNull(mutex.tryLock());
    }

    @Test
    void the_next_holder_finds_what_the_last_one_left() throws Exception {
        var mutex = new Mutex<>(100);
        try (var guard = FakeTask.of(mutex.lock()).completes()) {
            assertEquals(100, guard.get());
            guard.set(99);
        }
        try (var guard = locked(mutex)) {
            assertEquals(99, guard.get());
            assertSame(mutex, guard.mutex());
        }
    }

    @Test
    void unlocking_hands_the_lock_to_the_waiter() throws Exception {
        var mutex = new Mutex<>("value");
        var guard = FakeTask.of(mutex.lock()).completes();
        var waiter = FakeTask.of(mutex.lock()).staysPending();
        guard.close();
        guard.close();
        assertEquals(1, waiter.wakes());
        assertNull(mutex.tryLock());
        assertTrue(mutex.isLocked());
        waiter.completes().close();
        assertFalse(mutex.isLocked());
    }

    @Test
    void waiters_come_in_order() throws Exception {
        var mutex = new Mutex<>("value");
        var holder = locked(mutex);
        var first = FakeTask.of(mutex.lock()).staysPending();
        var second = FakeTask.of(mutex.lock()).staysPending();
        holder.close();
        second.staysPending();
        first.completes().close();
        second.completes().close();
    }

    @Test
    void a_cancelled_waiter_leaves_the_queue() throws Exception {
        var mutex = new Mutex<>("value");
        var holder = locked(mutex);
        var gone = FakeTask.of(mutex.lock()).staysPending();
        gone.cancel();
        holder.close();
        assertEquals(0, gone.wakes());
        locked(mutex).close();
    }

    @Test
    void a_lock_that_was_assigned_to_a_cancelled_waiter_goes_to_the_next() throws Exception {
        var mutex = new Mutex<>("value");
        var holder = locked(mutex);
        var gone = FakeTask.of(mutex.lock()).staysPending();
        var next = FakeTask.of(mutex.lock()).staysPending();
        holder.close();
        gone.cancel();
        assertEquals(1, next.wakes());
        next.completes().close();
        assertFalse(mutex.isLocked());
    }

    @Test
    void trying_does_not_wait() {
        var mutex = new Mutex<>("value");
        try (var guard = mutex.tryLock()) {
            assertNotNull(guard);
            assertNull(mutex.tryLock());
        }
        assertNotNull(mutex.tryLock());
    }

    @Test
    void a_mutex_without_a_value_locks() {
        var mutex = Mutex.create();
        try (var guard = mutex.tryLock()) {
            assertNotNull(guard);
            assertTrue(mutex.isLocked());
        }
        assertFalse(mutex.isLocked());
    }

    @Test
    void a_closed_guard_gives_no_access() {
        var mutex = new Mutex<>("value");
        var guard = locked(mutex);
        guard.close();
        assertThrows(IllegalStateException.class, guard::get);
        assertThrows(IllegalStateException.class, () -> guard.set("other"));
        assertThrows(IllegalStateException.class, () -> guard.map(String::length));
        assertEquals("value", locked(mutex).get());
    }

    @Test
    void a_mapped_guard_takes_over() {
        var mutex = new Mutex<>(new Pair("l", "r"));
        var guard = locked(mutex);
        var left = guard.map(Pair::left);
        guard.close();
        assertTrue(mutex.isLocked());
        assertThrows(IllegalStateException.class, guard::get);
        assertEquals("l", left.get());
        var length = left.map(String::length);
        left.close();
        assertTrue(mutex.isLocked());
        assertEquals(1, length.get());
        length.close();
        assertFalse(mutex.isLocked());
        assertThrows(IllegalStateException.class, length::get);
    }

    @Test
    void a_guard_without_such_a_part_stays() {
        var mutex = new Mutex<>(new Pair("l", "r"));
        var guard = locked(mutex);
        assertNull(guard.<String>tryMap(pair -> null));
        assertEquals("r", guard.get().right());
        var right = Objects.requireNonNull(guard.tryMap(Pair::right));
        assertNull(right.<String>tryMap(text -> null));
        assertEquals("r", right.get());
        Objects.requireNonNull(right.tryMap(String::length)).close();
        assertFalse(mutex.isLocked());
    }

    @Test
    void a_guard_whose_mapping_throws_stays() {
        var mutex = new Mutex<>("value");
        var guard = locked(mutex);
        assertThrows(ArithmeticException.class, () -> guard.map(text -> {
            throw new ArithmeticException();
        }));
        assertEquals("value", guard.get());
        guard.close();
        assertFalse(mutex.isLocked());
    }

    @Test
    void it_says_whether_it_is_locked() {
        var mutex = new Mutex<>("debug");
        assertEquals("Mutex[unlocked]", mutex.toString());
        var guard = locked(mutex);
        assertEquals("Mutex[locked]", mutex.toString());
        assertEquals("MutexGuard[debug]", guard.toString());
        var mapped = guard.map(String::length);
        assertEquals("MutexGuard[closed]", guard.toString());
        assertEquals("MappedMutexGuard[5]", mapped.toString());
        mapped.close();
        assertEquals("MappedMutexGuard[closed]", mapped.toString());
    }
}
