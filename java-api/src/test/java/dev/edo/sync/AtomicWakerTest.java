package dev.edo.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.future.Waker;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AtomicWakerTest {
    private final AtomicWaker place = new AtomicWaker();
    private final AtomicInteger first = new AtomicInteger();
    private final AtomicInteger second = new AtomicInteger();
    private final Waker firstWaker = first::incrementAndGet;
    private final Waker secondWaker = second::incrementAndGet;

    @Test
    void one_registration_is_worth_one_wake_up() {
        place.register(firstWaker);
        place.wake();
        place.wake();
        assertEquals(1, first.get());
        assertFalse(place.isRegistered());
    }

    @Test
    void waking_nobody_does_nothing_to_who_comes_later() {
        place.wake();
        place.register(firstWaker);
        assertEquals(0, first.get());
        place.wake();
        assertEquals(1, first.get());
    }

    @Test
    void the_newest_registration_replaces_the_one_before() {
        place.register(firstWaker);
        place.register(secondWaker);
        place.wake();
        assertEquals(0, first.get());
        assertEquals(1, second.get());
    }

    @Test
    void registering_again_is_one_registration() {
        place.register(firstWaker);
        place.register(firstWaker);
        place.wake();
        place.wake();
        assertEquals(1, first.get());
    }

    @Test
    void a_waker_that_was_taken_is_not_called() {
        place.register(firstWaker);
        assertTrue(place.isRegistered());
        assertSame(firstWaker, place.take());
        place.wake();
        assertEquals(0, first.get());
    }

    @Test
    void a_waker_that_throws_leaves_the_place_usable() {
        place.register(() -> {
            throw new IllegalStateException("broken");
        });
        assertThrows(IllegalStateException.class, place::wake);
        place.register(firstWaker);
        place.wake();
        assertEquals(1, first.get());
    }
}
