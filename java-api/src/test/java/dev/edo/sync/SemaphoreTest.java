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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SemaphoreTest {
    private static SemaphorePermit taken(Semaphore semaphore, long n) throws AcquireError {
        return Objects.requireNonNull(semaphore.tryAcquireMany(n));
    }

    @Test
    void a_permit_goes_back_when_it_is_closed_once() throws Exception {
        var semaphore = new Semaphore(1);
        var permit = semaphore.tryAcquire();
        assertNotNull(permit);
        assertNull(semaphore.tryAcquire());
        permit.close();
        permit.close();
        assertEquals(1, semaphore.availablePermits());
        try (var again = semaphore.tryAcquire()) {
            assertNotNull(again);
        }
    }

    @Test
    void many_permits_are_one_guard() throws Exception {
        var semaphore = new Semaphore(5);
        var three = taken(semaphore, 3);
        assertNull(semaphore.tryAcquireMany(3));
        assertEquals(3, three.numPermits());
        assertSame(semaphore, three.semaphore());
        three.close();
        assertEquals(5, semaphore.availablePermits());
    }

    @Test
    void a_waiter_gets_the_permit_that_was_closed() throws Exception {
        var semaphore = new Semaphore(1);
        var first = taken(semaphore, 1);
        var waiter = FakeTask.of(semaphore.acquire()).staysPending();
        first.close();
        assertEquals(1, waiter.wakes());
        try (var permit = waiter.completes()) {
            assertEquals(1, permit.numPermits());
            assertNull(semaphore.tryAcquire());
        }
        assertEquals(1, semaphore.availablePermits());
    }

    @Test
    void a_waiter_gets_added_permits() throws Exception {
        var semaphore = new Semaphore(0);
        var waiter = FakeTask.of(semaphore.acquireMany(2)).staysPending();
        semaphore.addPermits(1);
        waiter.staysPending();
        semaphore.addPermits(2);
        waiter.completes().close();
        assertEquals(3, semaphore.availablePermits());
    }

    @Test
    void a_cancelled_waiter_gives_up_its_place() throws Exception {
        var semaphore = new Semaphore(0);
        var gone = FakeTask.of(semaphore.acquire()).staysPending();
        var waiter = FakeTask.of(semaphore.acquire()).staysPending();
        gone.cancel();
        semaphore.addPermits(1);
        assertEquals(0, gone.wakes());
        waiter.completes().close();
    }

    @ParameterizedTest
    @CsvSource({"0,0,0", "0,3,3", "2,0,2", "3,3,6"})
    void permits_are_added_open_and_closed(int size, int added, int sum) {
        var open = new Semaphore(size);
        open.addPermits(added);
        assertEquals(sum, open.availablePermits());
        assertFalse(open.isClosed());
        var closed = new Semaphore(size);
        closed.close();
        closed.addPermits(added);
        assertEquals(sum, closed.availablePermits());
        assertTrue(closed.isClosed());
    }

    @ParameterizedTest
    @CsvSource({"0,0,0", "0,3,0", "3,1,2", "3,3,0", "3,5,0"})
    void permits_are_forgotten_open_and_closed(int size, int forgotten, int rest) {
        var open = new Semaphore(size);
        assertEquals(size - rest, open.forgetPermits(forgotten));
        assertEquals(rest, open.availablePermits());
        assertFalse(open.isClosed());
        var closed = new Semaphore(size);
        closed.close();
        assertEquals(size - rest, closed.forgetPermits(forgotten));
        assertEquals(rest, closed.availablePermits());
        assertTrue(closed.isClosed());
    }

    @Test
    void a_forgotten_permit_never_comes_back() throws Exception {
        var semaphore = new Semaphore(2);
        var permit = taken(semaphore, 1);
        permit.forget();
        permit.close();
        assertEquals(1, semaphore.availablePermits());
        assertThrows(IllegalStateException.class, permit::forget);
        assertEquals(0, permit.numPermits());
    }

    @Test
    void merged_permits_go_back_together() throws Exception {
        var semaphore = new Semaphore(3);
        var one = taken(semaphore, 1);
        var two = taken(semaphore, 2);
        one.merge(two);
        two.close();
        assertEquals(0, semaphore.availablePermits());
        assertEquals(3, one.numPermits());
        one.close();
        assertEquals(3, semaphore.availablePermits());
    }

    @Test
    void only_two_open_permits_of_one_semaphore_merge() throws Exception {
        var semaphore = new Semaphore(3);
        var permit = taken(semaphore, 1);
        var stranger = taken(new Semaphore(1), 1);
        var e = assertThrows(IllegalArgumentException.class, () -> permit.merge(stranger));
        assertTrue(e.getMessage().contains("merge two permits of the same"), e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> permit.merge(permit));
        var closed = taken(semaphore, 1);
        closed.close();
        assertThrows(IllegalStateException.class, () -> permit.merge(closed));
        assertThrows(IllegalStateException.class, () -> closed.merge(permit));
        assertEquals(1, permit.numPermits());
        permit.close();
        assertEquals(3, semaphore.availablePermits());
    }

    @Test
    void split_permits_go_back_one_by_one() throws Exception {
        var semaphore = new Semaphore(5);
        var first = taken(semaphore, 3);
        var second = Objects.requireNonNull(first.split(1));
        assertEquals(2, first.numPermits());
        assertEquals(1, second.numPermits());
        var none = Objects.requireNonNull(first.split(0));
        assertEquals(0, none.numPermits());
        first.close();
        assertEquals(4, semaphore.availablePermits());
        var third = Objects.requireNonNull(second.split(1));
        assertEquals(0, second.numPermits());
        assertNull(second.split(1));
        second.close();
        none.close();
        assertEquals(4, semaphore.availablePermits());
        third.close();
        assertEquals(5, semaphore.availablePermits());
        assertThrows(IllegalStateException.class, () -> third.split(0));
        try (var permit = taken(semaphore, 1)) {
            assertThrows(IllegalArgumentException.class, () -> permit.split(-1));
        }
    }

    @Test
    void a_closed_semaphore_fails_typed() throws Exception {
        var semaphore = new Semaphore(1);
        var permit = taken(semaphore, 1);
        var waiter = FakeTask.of(semaphore.acquire()).staysPending();
        semaphore.close();
        assertEquals(1, waiter.wakes());
        waiter.fails(AcquireError.class);
        FakeTask.of(semaphore.acquireMany(7)).fails(AcquireError.class);
        var error = assertThrows(AcquireError.class, () -> semaphore.tryAcquireMany(7));
        assertTrue(error.getMessage().contains("permits=7"), error.getMessage());
        permit.close();
        assertEquals(1, semaphore.availablePermits());
        assertThrows(AcquireError.class, semaphore::tryAcquire);
    }

    @Test
    void the_number_of_permits_is_bounded() {
        var max = Semaphore.MAX_PERMITS;
        var semaphore = new Semaphore(0);
        semaphore.addPermits(max);
        assertEquals(max, semaphore.availablePermits());
        assertThrows(IllegalStateException.class, () -> semaphore.addPermits(1));
        assertThrows(IllegalStateException.class, () -> new Semaphore(1).addPermits(max));
        assertThrows(IllegalArgumentException.class, () -> new Semaphore(max + 1));
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE, Long.MAX_VALUE})
    void bad_numbers_are_refused(long n) {
        var semaphore = new Semaphore(1);
        assertThrows(IllegalArgumentException.class, () -> new Semaphore(n));
        assertThrows(IllegalArgumentException.class, () -> semaphore.acquireMany(n));
        assertThrows(IllegalArgumentException.class, () -> semaphore.tryAcquireMany(n));
        assertThrows(IllegalArgumentException.class, () -> semaphore.addPermits(n));
        assertThrows(IllegalArgumentException.class, () -> semaphore.forgetPermits(n));
    }

    @Test
    void it_says_what_state_it_is_in() throws Exception {
        var semaphore = new Semaphore(3);
        assertEquals("Semaphore[permits=3]", semaphore.toString());
        var permit = taken(semaphore, 1);
        assertEquals("SemaphorePermit[permits=1]", permit.toString());
        permit.forget();
        assertEquals("SemaphorePermit[closed]", permit.toString());
        semaphore.close();
        assertEquals("Semaphore[permits=2, closed]", semaphore.toString());
    }
}
