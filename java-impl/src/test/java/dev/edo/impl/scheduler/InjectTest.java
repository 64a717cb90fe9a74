package dev.edo.impl.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InjectTest {
    private final Inject inject = new Inject();
    private final Item a = new Item(1);
    private final Item b = new Item(2);
    private final Item c = new Item(3);
    private final Item d = new Item(4);

    @Test
    void takesInTheOrderOfPushes() {
        inject.push(a);
        inject.push(b);
        assertSame(a, inject.pop());
        inject.push(c);
        assertSame(b, inject.pop());
        assertSame(c, inject.pop());
        assertNull(inject.pop());
    }

    @Test
    void countsWhatIsThere() {
        assertTrue(inject.isEmpty());
        inject.push(a);
        inject.push(b);
        assertEquals(2, inject.size());
        inject.pop();
        inject.pop();
        inject.pop();
        assertEquals(0, inject.size());
        assertTrue(inject.isEmpty());
    }

    @Test
    void countsWhatWasPushedOneByOne() {
        inject.push(a);
        inject.push(b);
        assertEquals(2, inject.pushedCount());
        inject.pop();
        inject.pop();
        assertEquals(2, inject.pushedCount());
        inject.push(a);
        Inject.chain(b, c);
        inject.pushBatch(b, c, 2);
        assertEquals(3, inject.pushedCount());
        drain();
        assertEquals(3, inject.pushedCount());
    }

    /** The word has 32 bits of the count, beside a size that may be less than none for a moment. */
    @Test
    void theCountOfPushesGoesOnBeyondItsHalfOfTheWord() {
        assertEquals(0x1_FFFF_FFFFL, Inject.pushedUntil(0x1_FFFF_FFFEL, (0xFFFF_FFFFL << 32) + 7));
        assertEquals(0x2_0000_0005L, Inject.pushedUntil(0x1_FFFF_FFFEL, (5L << 32) + 7));
        assertEquals(0x2_0000_0005L, Inject.pushedUntil(0x1_FFFF_FFFEL, (5L << 32) - 1));
        assertEquals(0x2_0000_0005L, Inject.pushedUntil(0x2_0000_0006L, 5L << 32));
        assertEquals(1, Inject.pushedUntil(0, (1L << 32) - 1));
    }

    @Test
    void aChainStaysTogether() {
        inject.push(a);
        Inject.chain(b, c);
        inject.pushBatch(b, c, 2);
        inject.push(d);
        assertEquals(4, inject.size());
        assertEquals(List.of(a, b, c, d), drain());
    }

    @Test
    void aBatchTakesNoMoreThanAskedFor() {
        for (var item : List.of(a, b, c, d)) {
            inject.push(item);
        }
        var rest = new ArrayList<Schedulable>();
        assertSame(a, inject.popBatch(3, rest::add));
        assertEquals(List.of(b, c), rest);
        assertEquals(1, inject.size());
    }

    @Test
    void aBatchEndsWithTheQueue() {
        inject.push(a);
        var rest = new ArrayList<Schedulable>();
        assertSame(a, inject.popBatch(8, rest::add));
        assertTrue(rest.isEmpty());
        assertNull(inject.popBatch(8, rest::add));
    }

    @Test
    void aConsumerThatComesSecondGoesAwayEmptyHanded() {
        inject.push(a);
        inject.push(b);
        inject.push(c);
        inject.popBatch(2, taken -> assertNull(inject.pop(), "the other consumer is inside popBatch"));
        assertSame(c, inject.pop());
    }

    @Test
    void aConsumerMayPushWhileItTakes() {
        inject.push(a);
        inject.push(b);
        inject.popBatch(2, inject::push);
        assertEquals(List.of(b), drain());
    }

    @Test
    void aNodeMayComeBackAtOnce() {
        inject.push(a);
        for (int i = 0; i < 3; i++) {
            var taken = inject.pop();
            assertSame(a, taken);
            inject.push(taken);
        }
        assertEquals(List.of(a), drain());
    }

    @Test
    void aNodeThatWasTakenHoldsNoOther() {
        inject.push(a);
        inject.push(b);
        inject.pop();
        assertNull(a.queueNext);
    }

    @Test
    void closedRefusesAndKeepsWhatItHas() {
        inject.push(a);
        assertTrue(inject.close());
        assertFalse(inject.close(), "closed before");
        assertTrue(inject.isClosed());
        assertFalse(inject.push(b));
        Inject.chain(b, c);
        assertFalse(inject.pushBatch(b, c, 2));
        assertEquals(List.of(a), drain());
    }

    private List<Schedulable> drain() {
        var all = new ArrayList<Schedulable>();
        for (var item = inject.pop(); item != null; item = inject.pop()) {
            all.add(item);
        }
        return all;
    }
}
