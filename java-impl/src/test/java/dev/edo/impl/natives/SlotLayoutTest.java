package dev.edo.impl.natives;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The readiness word and the accessors of a slot. */
class SlotLayoutTest {

    private final Arena arena = Arena.ofConfined();
    private final MemorySegment slots =
            arena.allocate(2L * SlotLayout.SIZE, SlotLayout.ALIGNMENT);

    @AfterEach
    void free() {
        arena.close();
    }

    @Test
    void theFieldsOfAReadinessWordDoNotOverlap() {
        assertEquals(-1L, SlotLayout.SHUTDOWN | SlotLayout.TICK_MASK << SlotLayout.READINESS_BITS
                | SlotLayout.READINESS_MASK);
        assertEquals(Long.MIN_VALUE, SlotLayout.SHUTDOWN);
    }

    @Test
    void packsAndUnpacksTheLargestValues() {
        long word = SlotLayout.pack(SlotLayout.TICK_MASK, 0xffff);

        assertEquals(SlotLayout.TICK_MASK, SlotLayout.tick(word));
        assertEquals(0xffff, SlotLayout.ready(word));
        assertFalse(SlotLayout.isShutdown(word));
        assertTrue(SlotLayout.isShutdown(word | SlotLayout.SHUTDOWN));
        assertEquals(0, SlotLayout.tick(SlotLayout.pack(SlotLayout.TICK_MASK + 1, 0)));
    }

    @Test
    void generationsWrapWithinTheirBits() {
        assertEquals(1, SlotLayout.nextGeneration(0));
        assertEquals(0, SlotLayout.nextGeneration(Integer.MAX_VALUE));
    }

    @Test
    void accessorsTouchTheirOwnFieldOfTheirOwnSlot() {
        SlotLayout.setReadinessVolatile(slots, 1, 11);
        SlotLayout.setGenerationRelease(slots, 1, 12);
        SlotLayout.setWaitingVolatile(slots, 1, 13);
        SlotLayout.setInterestOpaque(slots, 1, 14);
        SlotLayout.setFdOpaque(slots, 1, 15);

        assertEquals(11, SlotLayout.readinessVolatile(slots, 1));
        assertEquals(11, SlotLayout.readinessAcquire(slots, 1));
        assertEquals(12, SlotLayout.generationVolatile(slots, 1));
        assertEquals(13, SlotLayout.waitingVolatile(slots, 1));
        assertEquals(14, SlotLayout.interestOpaque(slots, 1));
        assertEquals(15, SlotLayout.fdOpaque(slots, 1));
        assertEquals(-1, slots.asSlice(0, SlotLayout.SIZE)
                .mismatch(MemorySegment.ofArray(new byte[SlotLayout.SIZE])));
    }

    @Test
    void atomicAccessorsReturnWhatWasThere() {
        assertTrue(SlotLayout.casReadiness(slots, 0, 0, 5));
        assertFalse(SlotLayout.casReadiness(slots, 0, 0, 6));
        assertEquals(5, SlotLayout.orReadiness(slots, 0, SlotLayout.SHUTDOWN));
        assertEquals(SlotLayout.SHUTDOWN | 5, SlotLayout.readinessVolatile(slots, 0));

        assertEquals(0, SlotLayout.orWaiting(slots, 0, 3));
        assertEquals(3, SlotLayout.andWaiting(slots, 0, ~1));
        assertEquals(2, SlotLayout.waitingVolatile(slots, 0));
    }

    @Test
    void aWrongIndexThrows() {
        assertThrows(IndexOutOfBoundsException.class,
                () -> SlotLayout.readinessVolatile(slots, 2));
        assertThrows(IndexOutOfBoundsException.class,
                () -> SlotLayout.readinessVolatile(slots, -1));
    }
}
