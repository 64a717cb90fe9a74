package dev.edo.impl.driver.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class UseCountTest {
    @Test
    void theOwnerIsTheLastWhenNobodyIsInside() {
        var uses = new UseCount();
        assertTrue(uses.enter());
        assertFalse(uses.leave());
        assertFalse(uses.isClosed());
        assertTrue(uses.close());
        assertTrue(uses.isClosed());
        assertFalse(uses.enter());
    }

    @Test
    void whoIsInsideAtTheCloseIsTheLast() {
        var uses = new UseCount();
        assertTrue(uses.enter());
        assertTrue(uses.enter());
        assertFalse(uses.close());
        assertFalse(uses.enter());
        assertFalse(uses.leave());
        assertTrue(uses.leave());
    }

    /**
     * Threads enter and leave while the owner closes. Freeing too early would be seen by a thread that is
     * inside; a missed or a second last one would free never or twice.
     */
    @Test
    void itIsFreedOnceAndNeverUnderAUser() throws Exception {
        for (int round = 0; round < 300; round++) {
            var uses = new UseCount();
            var freed = new AtomicInteger();
            var usedAfterFree = new AtomicBoolean();
            var inside = new CountDownLatch(2);
            var threads = new ArrayList<Thread>();
            for (int i = 0; i < 2; i++) {
                threads.add(Thread.ofPlatform().start(() -> {
                    while (uses.enter()) {
                        inside.countDown();
                        for (int look = 0; look < 50; look++) {
                            if (freed.get() != 0) {
                                usedAfterFree.set(true);
                            }
                        }
                        if (uses.leave()) {
                            freed.incrementAndGet();
                        }
                    }
                    inside.countDown();
                }));
            }
            inside.await();
            if (uses.close()) {
                freed.incrementAndGet();
            }
            for (var thread : threads) {
                thread.join();
            }
            assertEquals(1, freed.get());
            assertFalse(usedAfterFree.get());
        }
    }
}
