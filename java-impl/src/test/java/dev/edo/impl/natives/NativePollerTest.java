package dev.edo.impl.natives;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The poll step, from Java: one pipe, whose ends the kernel watches. */
class NativePollerTest {

    private static final int CAPACITY = 8;
    private static final long REGION_BYTES = 1 << 20;
    private static final long FOREVER = -1;

    private long region;
    private MemorySegment slots;
    private long poller;
    private MemorySegment view;
    private MemorySegment ready;
    private FileDescriptor[] pipe;

    @BeforeAll
    static void load() throws ClassNotFoundException {
        NativeLibrary.ensureLoaded();
        // Loads Netty's native library, which has FileDescriptor's methods.
        if (System.getProperty("os.name").equals("Linux")) {
            Class.forName("io.netty.channel.epoll.Native");
        } else {
            Class.forName("io.netty.channel.kqueue.Native");
        }
    }

    @BeforeEach
    void create() throws IOException {
        region = NativeMemory.reserve(REGION_BYTES);
        assertTrue(region > 0, "reserve returned " + region);
        slots = NativeMemory.segment(region, REGION_BYTES);
        poller = NativePoller.create(region, CAPACITY, 16);
        assertTrue(poller > 0, "create returned " + poller);
        view = PollerLayout.segment(poller);
        ready = ReadyLayout.segment(view);
        pipe = FileDescriptor.pipe();
    }

    @AfterEach
    void destroy() throws IOException {
        pipe[0].close();
        pipe[1].close();
        assertEquals(0, NativePoller.destroy(poller));
        assertEquals(0, NativeMemory.release(region, REGION_BYTES));
    }

    private void write() throws IOException {
        ByteBuffer one = ByteBuffer.allocateDirect(1);
        assertEquals(1, pipe[1].write(one, 0, 1));
    }

    @Test
    void theDescriptorsAreWhatWasCreated() {
        assertEquals(CAPACITY, PollerLayout.slotCapacity(view));
        assertEquals(16, PollerLayout.maxEvents(view));
        assertTrue(PollerLayout.backendFd(view) >= 0);
        assertEquals(16 * ReadyLayout.SIZE, ready.byteSize());
    }

    @Test
    void publishesIntoTheSlotAndReportsTheWaiter() throws IOException {
        assertEquals(0, NativePoller.register(
                poller, pipe[0].intValue(), 5, 0, SlotLayout.READABLE));
        SlotLayout.orWaiting(slots, 5, SlotLayout.READABLE | SlotLayout.READ_CLOSED);
        write();

        assertEquals(1, NativePoller.waitEvents(poller, FOREVER, 42));

        assertEquals(5, ReadyLayout.index(ready, 0));
        assertEquals(SlotLayout.READABLE, ReadyLayout.ready(ready, 0));
        assertEquals(SlotLayout.pack(42, SlotLayout.READABLE),
                SlotLayout.readinessVolatile(slots, 5));
        assertEquals(SlotLayout.READ_CLOSED, SlotLayout.waitingVolatile(slots, 5));
        assertEquals(1, PollerLayout.turnsOpaque(view));
        assertEquals(1, PollerLayout.seenOpaque(view));
        assertEquals(1, PollerLayout.publishedOpaque(view));
        assertEquals(1, PollerLayout.upcallsOpaque(view));
        assertEquals(0, PollerLayout.quietOpaque(view));
    }

    @Test
    void reportsNothingWhenNobodyWaits() throws IOException {
        NativePoller.register(poller, pipe[0].intValue(), 5, 0, SlotLayout.READABLE);
        write();

        assertEquals(0, NativePoller.waitEvents(poller, FOREVER, 1));

        assertEquals(SlotLayout.READABLE, SlotLayout.ready(
                SlotLayout.readinessVolatile(slots, 5)));
        assertEquals(1, PollerLayout.quietOpaque(view));
    }

    @Test
    void leavesAFreedSlotAlone() throws IOException {
        NativePoller.register(poller, pipe[0].intValue(), 5, 0, SlotLayout.READABLE);
        write();
        SlotLayout.setGenerationRelease(slots, 5, SlotLayout.nextGeneration(0));

        assertEquals(0, NativePoller.waitEvents(poller, FOREVER, 1));

        assertEquals(0, SlotLayout.readinessVolatile(slots, 5));
        assertEquals(1, PollerLayout.staleOpaque(view));
    }

    @Test
    void leavesASlotThatIsShutDownAlone() throws IOException {
        NativePoller.register(poller, pipe[0].intValue(), 5, 0, SlotLayout.READABLE);
        write();
        SlotLayout.orReadiness(slots, 5, SlotLayout.SHUTDOWN);

        assertEquals(0, NativePoller.waitEvents(poller, FOREVER, 1));

        assertEquals(SlotLayout.SHUTDOWN, SlotLayout.readinessVolatile(slots, 5));
        assertEquals(1, PollerLayout.droppedOpaque(view));
    }

    @Test
    void deregisteringEndsTheEvents() throws IOException {
        NativePoller.register(poller, pipe[0].intValue(), 5, 0, SlotLayout.READABLE);
        assertEquals(0, NativePoller.deregister(poller, pipe[0].intValue()));
        assertTrue(NativePoller.deregister(poller, pipe[0].intValue()) < 0);
        write();

        assertEquals(0, NativePoller.waitEvents(poller, 0, 1));

        assertEquals(0, PollerLayout.seenOpaque(view));
    }

    /** The wake may come before or during the wait; either way the wait returns. */
    @Test
    void wakeEndsAWaitOfAnotherThread() throws InterruptedException {
        int[] result = {-1};
        Thread waiting = Thread.ofPlatform().start(
                () -> result[0] = NativePoller.waitEvents(poller, FOREVER, 1));

        assertEquals(0, NativePoller.wake(poller));

        waiting.join();
        assertEquals(0, result[0]);
        assertEquals(1, PollerLayout.wakesOpaque(view));
    }

    @Test
    void aTimeoutIsNeverShort() {
        for (long timeoutNanos : new long[] {1, 300_000, 2_500_000}) {
            long begin = System.nanoTime();
            assertEquals(0, NativePoller.waitEvents(poller, timeoutNanos, 1));
            assertTrue(System.nanoTime() - begin >= timeoutNanos);
        }
    }

    @Test
    void errorsAreNegativeErrno() {
        int badFileDescriptor = 9;
        int invalidArgument = 22;
        assertEquals(-badFileDescriptor, NativePoller.register(poller, -1, 0, 0, 1));
        assertEquals(-invalidArgument, NativePoller.create(region, CAPACITY, 0));
        assertEquals(-invalidArgument, NativeMemory.reserve(-1));
        assertEquals(-invalidArgument, NativeThread.setTimerSlack(-1));
        assertEquals(0, NativeThread.setTimerSlack(50_000));
    }
}
