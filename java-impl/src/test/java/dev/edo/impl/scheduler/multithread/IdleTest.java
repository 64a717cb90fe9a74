package dev.edo.impl.scheduler.multithread;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IdleTest {
    private final Idle idle = new Idle(4);

    @Test
    void nobodyIsWokenWhileAllAreAwake() {
        assertEquals(Idle.NOBODY, idle.notifyOne(Idle.NOBODY));
        assertEquals(0, idle.searchingCount());
    }

    @Test
    void aWokenWorkerIsASearcherAndAwake() {
        idle.park(2, false);
        assertTrue(idle.isParked(2));
        assertEquals(2, idle.notifyOne(Idle.NOBODY));
        assertFalse(idle.isParked(2));
        assertEquals(1, idle.searchingCount());
    }

    /** Whoever sleeps in the driver goes on to wait for I/O as long as somebody else sleeps, too. */
    @Test
    void theReluctantOneIsWokenLast() {
        var many = new Idle(70);
        many.park(0, false);
        many.park(66, false);
        assertEquals(66, many.notifyOne(0));
        many.stopSearching();
        assertEquals(0, many.notifyOne(0));
        many.stopSearching();
        many.park(66, false);
        many.park(69, false);
        assertEquals(69, many.notifyOne(66));
    }

    @Test
    void oneIsWokenAtATime() {
        idle.park(0, false);
        idle.park(1, false);
        idle.notifyOne(Idle.NOBODY);
        assertEquals(Idle.NOBODY, idle.notifyOne(Idle.NOBODY), "the searcher will find it");
        assertTrue(idle.stopSearching(), "the last searcher looks again");
        assertTrue(idle.notifyOne(Idle.NOBODY) >= 0);
    }

    @Test
    void halfOfTheWorkersMaySearch() {
        assertTrue(idle.startSearching());
        assertTrue(idle.startSearching());
        assertFalse(idle.startSearching());
        assertFalse(idle.stopSearching(), "another one still searches");
        assertTrue(idle.startSearching());
    }

    @Test
    void theOnlyWorkerMaySearch() {
        assertTrue(new Idle(1).startSearching());
    }

    @Test
    void theLastSearcherToSleepLooksAgain() {
        idle.startSearching();
        idle.startSearching();
        assertFalse(idle.park(0, true));
        assertTrue(idle.park(1, true));
        assertEquals(0, idle.searchingCount());
    }

    /** The searchers it was refused for may have found work, and then they do not look again. */
    @Test
    void aWorkerThatWasRefusedLooksAgainOnceNobodySearches() {
        idle.startSearching();
        idle.startSearching();
        assertFalse(idle.startSearching());
        assertFalse(idle.park(0, false), "those who search look for it");
        idle.stopSearching();
        idle.stopSearching();
        assertTrue(idle.park(1, false));
    }

    @Test
    void aWorkerThatWakesByItselfIsAwakeAndNoSearcher() {
        idle.park(3, false);
        assertFalse(idle.unparkSelf(3));
        assertFalse(idle.isParked(3));
        assertEquals(Idle.NOBODY, idle.notifyOne(Idle.NOBODY));
    }

    @Test
    void aWorkerThatWasPickedBeforeItWokeByItselfIsASearcher() {
        idle.park(3, false);
        assertEquals(3, idle.notifyOne(Idle.NOBODY));
        assertTrue(idle.unparkSelf(3));
        assertEquals(1, idle.searchingCount());
    }

    @Test
    void eachOfManyWorkersIsWokenOnce() {
        var many = new Idle(130);
        Set<Integer> asleep = new HashSet<>();
        for (int worker = 0; worker < 130; worker += 3) {
            many.park(worker, false);
            asleep.add(worker);
        }
        while (!asleep.isEmpty()) {
            assertTrue(asleep.remove(many.notifyOne(Idle.NOBODY)));
            many.stopSearching();
        }
        assertEquals(Idle.NOBODY, many.notifyOne(Idle.NOBODY));
    }
}
