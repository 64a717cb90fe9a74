package dev.edo.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.future.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RwLockTest {
    private final RwLock<Integer> lock = new RwLock<>(100);

    private FakeTask<RwLockReadGuard<Integer>> reader() {
        return FakeTask.of(lock.read());
    }

    private FakeTask<RwLockWriteGuard<Integer>> writer() {
        return FakeTask.of(lock.write());
    }

    private RwLockWriteGuard<Integer> writing() {
        return Objects.requireNonNull(lock.tryWrite());
    }

    @Test
    void many_read_at_once() throws Exception {
        try (var first = reader().completes(); var second = reader().completes()) {
            assertEquals(100, first.get());
            assertEquals(100, second.get());
        }
        assertEquals("RwLock[unlocked]", lock.toString());
    }

    @Test
    void a_writer_waits_for_readers() throws Exception {
        var reading = reader().completes();
        var writer = writer().staysPending();
        reading.close();
        reading.close();
        assertEquals(1, writer.wakes());
        writer.completes().close();
    }

    @Test
    void who_comes_while_somebody_writes_waits() throws Exception {
        var writing = writer().completes();
        var reader = reader().staysPending();
        var writer = writer().staysPending();
        writing.close();
        assertEquals(0, writer.wakes());
        reader.completes().close();
        writer.completes().close();
    }

    @Test
    void the_next_reader_finds_what_the_writer_left() throws Exception {
        try (var writing = writer().completes()) {
            writing.set(writing.get() + 50);
            assertEquals(150, writing.get());
        }
        try (var reading = reader().completes()) {
            assertEquals(150, reading.get());
        }
    }

    @Test
    void a_reader_that_is_one_too_many_waits_for_another_one_to_leave() throws Exception {
        var small = new RwLock<>(100, 3);
        var readers = new ArrayList<RwLockReadGuard<Integer>>();
        for (int i = 0; i < small.maxReaders(); i++) {
            readers.add(FakeTask.of(small.read()).completes());
        }
        var waiter = FakeTask.of(small.read()).staysPending();
        assertNull(small.tryRead());
        readers.removeLast().close();
        assertEquals(1, waiter.wakes());
        readers.add(waiter.completes());
        readers.forEach(RwLockReadGuard::close);
        assertNotNull(small.tryWrite());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, RwLock.MAX_READERS + 1})
    void the_number_of_readers_is_bounded(int maxReaders) {
        var e = assertThrows(IllegalArgumentException.class, () -> new RwLock<>(100, maxReaders));
        assertTrue(e.getMessage().contains("maxReaders=" + maxReaders), e.getMessage());
        assertTrue(e.getMessage().contains("allow 1 to " + RwLock.MAX_READERS), e.getMessage());
    }

    @Test
    void readers_do_not_overtake_a_waiting_writer() throws Exception {
        var first = reader().completes();
        var second = reader().completes();
        var writer = writer().staysPending();
        var late = reader().staysPending();
        assertNull(lock.tryRead());
        first.close();
        late.staysPending();
        second.close();
        late.staysPending();
        writer.completes().close();
        late.completes().close();
    }

    @Test
    void readers_behind_a_writer_that_gave_up_go_on() throws Exception {
        var reading = reader().completes();
        var writer = writer().staysPending();
        var behind = reader().staysPending();
        writer.cancel();
        assertEquals(1, behind.wakes());
        behind.completes().close();
        reading.close();
        assertEquals("RwLock[unlocked]", lock.toString());
    }

    @Test
    void all_readers_at_the_head_of_the_queue_start_together() throws Exception {
        var writing = writing();
        var readers = new ArrayList<FakeTask<RwLockReadGuard<Integer>>>();
        for (int i = 0; i < 50; i++) {
            readers.add(reader().staysPending());
        }
        var writer = writer().staysPending();
        writing.close();
        var guards = new ArrayList<RwLockReadGuard<Integer>>();
        for (var reader : readers) {
            guards.add(reader.completes());
        }
        writer.staysPending();
        guards.forEach(RwLockReadGuard::close);
        writer.completes().close();
    }

    @Test
    void the_order_is_that_of_the_first_polls() throws Exception {
        var list = new RwLock<>(List.<Integer>of());
        var second = FakeTask.of(list.write());
        var first = FakeTask.of(list.write());
        try (var guard = first.completes()) {
            second.staysPending();
            guard.set(List.of(1));
        }
        try (var guard = second.completes()) {
            guard.set(List.of(guard.get().getFirst(), 2));
        }
        assertEquals(List.of(1, 2), Objects.requireNonNull(list.tryRead()).get());
    }

    @Test
    void trying_does_not_wait() {
        try (var first = lock.tryRead(); var second = lock.tryRead()) {
            assertNotNull(first);
            assertNotNull(second);
            assertNull(lock.tryWrite());
        }
        try (var writing = writing()) {
            writing.set(1515);
            assertNull(lock.tryRead());
            assertNull(lock.tryWrite());
        }
        assertEquals(1515, Objects.requireNonNull(lock.tryRead()).get());
    }

    @Test
    void downgrading_lets_readers_in_and_no_writer_between() throws Exception {
        var writing = writing();
        var reader = reader().staysPending();
        var writer = writer().staysPending();
        writing.set(1);
        var reading = writing.downgrade();
        writing.close();
        assertEquals(1, reader.wakes());
        reader.completes().close();
        writer.staysPending();
        assertEquals(1, reading.get());
        assertThrows(IllegalStateException.class, writing::get);
        reading.close();
        writer.completes().close();
    }

    @Test
    void while_downgrading_maps_nobody_else_is_in() throws Exception {
        var writing = writing();
        var reader = reader().staysPending();
        var mapped = writing.downgradeMap(value -> {
            assertNull(lock.tryRead());
            assertEquals(0, reader.wakes());
            return "was " + value;
        });
        reader.completes().close();
        assertEquals("was 100", mapped.get());
        mapped.close();
        assertEquals("RwLock[unlocked]", lock.toString());
    }

    @Test
    void a_downgrade_that_finds_no_part_leaves_the_writer_alone() throws Exception {
        var writing = writing();
        var reader = reader().staysPending();
        assertNull(writing.<String>tryDowngradeMap(value -> null));
        reader.staysPending();
        writing.set(7);
        var reading = Objects.requireNonNull(writing.tryDowngradeMap(value -> value));
        reader.completes().close();
        assertEquals(7, reading.get());
        reading.close();
    }

    // It gives no guard then, so nobody could unlock.
    @Test
    void a_downgrade_that_fails_by_the_waker_of_a_reader_unlocks() throws Exception {
        var writing = writing();
        var reading = lock.read();
        assertFalse(reading.poll(Context.of(() -> {
            throw new IllegalArgumentException("from the waker");
        })).isReady());
        assertThrows(IllegalArgumentException.class, writing::downgrade);
        reading.cancel();
        assertEquals("RwLock[unlocked]", lock.toString());
    }

    @Test
    void mapped_guards_take_over() {
        var text = new RwLock<>("text");
        var reading = Objects.requireNonNull(text.tryRead());
        var length = reading.map(String::length);
        reading.close();
        assertNull(text.tryWrite());
        assertNull(length.<String>tryMap(n -> null));
        Objects.requireNonNull(length.tryMap(n -> n + 1)).close();

        var writing = Objects.requireNonNull(text.tryWrite());
        assertNull(writing.<String>tryMap(value -> null));
        var part = Objects.requireNonNull(writing.tryMap(String::length));
        assertThrows(IllegalStateException.class, () -> writing.set("other"));
        var smaller = part.map(n -> n * 10);
        assertThrows(IllegalStateException.class, part::get);
        assertNull(smaller.<String>tryMap(n -> null));
        assertEquals(40, smaller.get());
        assertNull(text.tryRead());
        smaller.close();
        Objects.requireNonNull(text.tryWrite()).map(String::length).close();
        assertEquals("RwLock[unlocked]", text.toString());
    }

    @Test
    void guards_know_their_lock() {
        var writing = writing();
        assertSame(lock, writing.rwLock());
        var reading = writing.downgrade();
        assertSame(lock, reading.rwLock());
        var mapped = reading.map(value -> value + 1);
        assertSame(lock, mapped.rwLock());
        mapped.close();
        assertSame(lock, mapped.rwLock());

        var part = writing().map(value -> value + 1);
        assertSame(lock, part.rwLock());
        var smaller = part.map(value -> value + 1);
        assertSame(lock, smaller.rwLock());
        smaller.close();
        assertEquals("RwLock[unlocked]", lock.toString());
    }

    private static String failing(Integer value) {
        throw new ArithmeticException("value=" + value);
    }

    @Test
    void a_mapping_that_throws_leaves_the_guard_as_it_is() {
        var writing = writing();
        assertThrows(ArithmeticException.class, () -> writing.downgradeMap(RwLockTest::failing));
        assertThrows(ArithmeticException.class, () -> writing.map(RwLockTest::failing));
        writing.set(1);
        var reading = writing.downgrade();
        assertThrows(ArithmeticException.class, () -> reading.map(RwLockTest::failing));
        assertSame(1, reading.get());
        reading.close();
    }

    @Test
    void it_says_what_state_it_is_in() {
        var writing = writing();
        assertEquals("RwLock[locked]", lock.toString());
        assertEquals("RwLockWriteGuard[100]", writing.toString());
        var reading = writing.downgrade();
        assertEquals("RwLock[read]", lock.toString());
        assertEquals("RwLockWriteGuard[closed]", writing.toString());
        assertEquals("RwLockReadGuard[100]", reading.toString());
        reading.close();
        assertEquals("RwLockReadGuard[closed]", reading.toString());
    }
}
