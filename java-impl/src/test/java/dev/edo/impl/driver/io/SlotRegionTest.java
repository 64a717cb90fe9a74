package dev.edo.impl.driver.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.edo.impl.natives.SlotLayout;
import java.lang.management.ManagementFactory;
import java.util.HashSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SlotRegionTest {
    private static final int R = SlotLayout.READABLE;

    /** So many that a stack of them, grown as they come back, takes far more than 8 bytes for each. */
    private static final int MANY = 33_000;

    @Test
    void handsOutEachSlotOnceAndThenNone() {
        var region = FakeSelector.regionOf(4);
        var indices = new HashSet<Integer>();
        for (int i = 0; i < 4; i++) {
            indices.add(region.allocate(i, R));
        }
        assertEquals(4, indices.size());
        assertFalse(indices.contains(SlotRegion.TOMBSTONE));
        assertFalse(indices.contains(-1));
        assertEquals(-1, region.allocate(9, R));
        assertEquals(4, region.inUse());
        region.close();
    }

    @Test
    void reusesTheSlotFreedLastWithANewGenerationAndClean() {
        var region = FakeSelector.regionOf(4);
        int first = region.allocate(1, R);
        int second = region.allocate(2, R);
        int generation = region.generation(second);
        FakeSelector.publish(region.segment(), second, R, 7);
        region.addWaiting(second, R);
        region.free(first);
        region.free(second);

        assertEquals(second, region.allocate(3, R));
        assertEquals(SlotLayout.nextGeneration(generation), region.generation(second));
        assertNotEquals(generation, region.generation(second));
        assertEquals(0, region.readinessVolatile(second));
        assertEquals(0, SlotLayout.waitingVolatile(region.segment(), second));
        assertEquals(3, SlotLayout.fdOpaque(region.segment(), second));
        assertEquals(1, region.inUse());
        region.close();
    }

    /** The polling thread frees slots, many at once after a burst of closings; an error would end a worker for good. */
    @Test
    void givingSlotsBackTakesNoMemory() {
        var region = FakeSelector.regionOf(MANY);
        for (int i = 0; i < MANY; i++) {
            region.free(region.allocate(i, R));
        }
        for (int i = 0; i < MANY; i++) {
            assertNotEquals(-1, region.allocate(i, R));
        }
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int index = SlotRegion.TOMBSTONE + 1; index <= MANY; index++) {
            region.free(index);
        }
        long perSlot = (threads.getCurrentThreadAllocatedBytes() - before) / MANY;
        assertTrue(perSlot < 8, "bytes per slot=" + perSlot);
        assertEquals(0, region.inUse());
        region.close();
    }

    @Test
    void theTombstoneIsShutDown() {
        var region = FakeSelector.regionOf(1);
        assertTrue(SlotLayout.isShutdown(region.readinessVolatile(SlotRegion.TOMBSTONE)));
        region.close();
    }

    @Test
    void aRegionOfNativeMemoryCanBeUsedToItsLastSlot() throws Exception {
        var region = SlotRegion.reserve(1000);
        int last = 0;
        for (int i = 0; i < 1000; i++) {
            last = region.allocate(i, R);
        }
        assertEquals(1000, last);
        assertTrue(FakeSelector.publish(region.segment(), last, R, 1) || region.readinessVolatile(last) != 0);
        region.close();
        assertTrue(SlotLayout.isShutdown(region.readinessVolatile(last)));
    }

    /**
     * A thread reads a slot while another gives the memory back to the kernel. Without the shared arena the
     * read is a crash of the JVM; with it, each read finds the word or a region that is shut down, and from
     * some moment on only the latter.
     */
    @Test
    void readingWhileTheMemoryIsGivenBackFindsShutdown() throws Exception {
        for (int round = 0; round < 200; round++) {
            var region = SlotRegion.reserve(4);
            int index = region.allocate(1, R);
            var reading = new CountDownLatch(1);
            var failure = new AtomicReference<Throwable>();
            var reader = Thread.ofPlatform().start(() -> {
                try {
                    long word = 0;
                    while (!SlotLayout.isShutdown(word)) {
                        word = region.readinessVolatile(index);
                        region.addWaiting(index, R);
                        reading.countDown();
                    }
                } catch (Throwable e) {
                    failure.set(e);
                    reading.countDown();
                }
            });
            reading.await();
            region.close();
            reader.join();
            assertEquals(null, failure.get());
        }
    }

    /** The JVM interrupts a thread whose access it stops; that one may be inside blockOn of another runtime. */
    @Test
    void whoReadsWhileTheMemoryIsGivenBackIsNotInterrupted() throws Exception {
        for (int round = 0; round < 1_000; round++) {
            var region = SlotRegion.reserve(4);
            int index = region.allocate(1, R);
            var reading = new CountDownLatch(1);
            var interrupted = new AtomicBoolean();
            var reader = Thread.ofPlatform().start(() -> {
                reading.countDown();
                long word = 0;
                while (!SlotLayout.isShutdown(word)) {
                    word = region.readinessVolatile(index); // and nothing else, so that it is caught at that
                }
                interrupted.set(Thread.currentThread().isInterrupted());
            });
            reading.await();
            region.close();
            reader.join();
            assertFalse(interrupted.get(), "round " + round);
        }
    }
}
