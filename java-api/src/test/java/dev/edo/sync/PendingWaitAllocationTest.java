package dev.edo.sync;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.edo.future.Context;
import dev.edo.future.Future;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** A poll that ends up pending allocates nothing, also with a new waker; a permit is one object. */
class PendingWaitAllocationTest {
    private static final int TURNS = 20_000;
    /**
     * One object of the least size per turn would be this times 16 bytes; class loading is far
     * below.
     */
    private static final long LESS_THAN_ONE_OBJECT = TURNS * 8L;
    /** A guard is 32 or 40 bytes; another object would be 16 more. */
    private static final long LESS_THAN_TWO_OBJECTS = TURNS * 48L;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Context one = Context.of(() -> {});
    private final Context other = Context.of(() -> {});

    private void assertAllocatesNothing(Future<?> future) throws Exception {
        assertFalse(future.poll(one).isReady());
        assertFalse(future.poll(other).isReady());
        long before = threads.getCurrentThreadAllocatedBytes();
        int ready = 0;
        for (int i = 0; i < TURNS; i++) {
            if (future.poll(i % 3 == 0 ? one : other).isReady()) {
                ready++;
            }
        }
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;
        assertTrue(ready == 0 && bytes < LESS_THAN_ONE_OBJECT,
                future + ": bytes=" + bytes + " ready=" + ready);
        future.cancel();
    }

    @Test
    void pending_polls_allocate_nothing() throws Exception {
        var mutex = Mutex.create();
        var lock = new RwLock<>(0);
        try (var _ = mutex.tryLock(); var _ = lock.tryWrite()) {
            assertAllocatesNothing(new Semaphore(0).acquireMany(3));
            assertAllocatesNothing(mutex.lock());
            assertAllocatesNothing(lock.read());
            assertAllocatesNothing(lock.write());
            assertAllocatesNothing(new Notify().notified());
            assertAllocatesNothing(new Barrier(2).waitForAll());
            assertAllocatesNothing(new SetOnce<Integer>().waitForValue());
        }
    }

    @Test
    void pending_polls_of_channels_allocate_nothing() throws Exception {
        var watch = Watch.channel(0);
        var broadcast = Broadcast.<Integer>channel(4);
        var mpsc = Mpsc.<Integer>bounded(1);
        assertTrue(mpsc.sender().trySend(1));
        var oneshot = Oneshot.<Integer>channel();
        assertAllocatesNothing(watch.receiver().changed());
        assertAllocatesNothing(watch.receiver().waitFor(value -> value == 1));
        assertAllocatesNothing(watch.sender().closed());
        assertAllocatesNothing(broadcast.receiver().recv());
        assertAllocatesNothing(broadcast.sender().closed());
        assertAllocatesNothing(mpsc.sender().send(2));
        assertAllocatesNothing(mpsc.sender().closed());
        assertAllocatesNothing(Mpsc.<Integer>unbounded().receiver().recv());
        assertAllocatesNothing(oneshot.receiver().recv());
        assertAllocatesNothing(oneshot.sender().closed());
        assertAllocatesNothing(CancellationToken.create().cancelled());
    }

    @Test
    void a_permit_is_one_object() throws Exception {
        var semaphore = new Semaphore(1);
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < TURNS; i++) {
            try (var permit = semaphore.tryAcquire()) {
                assertNotNull(permit);
            }
        }
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;
        assertTrue(bytes < LESS_THAN_TWO_OBJECTS, "bytes=" + bytes);
    }
}
