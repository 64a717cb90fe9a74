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
        assertEquals(Idle.NOBODY, idle.notifyOne());
        assertEquals(0, idle.searchingCount());
    }

    @Test
    void aWokenWorkerIsASearcherAndAwake() {
        idle.park(2, false);
        assertTrue(idle.isParked(2));
        assertEquals(2, idle.notifyOne());
        assertFalse(idle.isParked(2));
        assertEquals(1, idle.searchingCount());
    }

    @Test
    void oneIsWokenAtATime() {
        idle.park(0, false);
        idle.park(1, false);
        idle.notifyOne();
        assertEquals(Idle.NOBODY, idle.notifyOne(), "the searcher will find it");
        assertTrue(idle.stopSearching(), "the last searcher wakes the next");
        assertTrue(idle.notifyOne() >= 0);
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
        assertEquals(Idle.NOBODY, idle.notifyOne());
    }

    @Test
    void aWorkerThatWasPickedBeforeItWokeByItselfIsASearcher() {
        idle.park(3, false);
        assertEquals(3, idle.notifyOne());
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
            assertTrue(asleep.remove(many.notifyOne()));
            many.stopSearching();
        }
        assertEquals(Idle.NOBODY, many.notifyOne());
    }
}
