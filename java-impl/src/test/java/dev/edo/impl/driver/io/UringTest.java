package dev.edo.impl.driver.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.edo.future.Context;
import dev.edo.impl.contract.Eventually;
import dev.edo.impl.driver.Park;
import dev.edo.impl.libc.FileCalls;
import dev.edo.impl.libc.LogLines;
import dev.edo.impl.natives.NativeUring;
import dev.edo.runtime.RuntimeShutdownException;
import dev.edo.spi.FileRing;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The ring of a driver: who is told of ends, what becomes of memory, and what a system may refuse. */
@EnabledOnOs(OS.LINUX)
class UringTest {
    private static final int CANCELED = -125;
    private static final int BUSY = -16;

    private final CountingWaker waker = new CountingWaker();
    private final Context cx = Context.of(waker);
    private final int[] pipe = new int[2];

    @SuppressWarnings("NullAway.Init") // before each test
    private IoDriver driver;

    @BeforeEach
    void open() throws IOException {
        driver = IoDriver.open(64);
        assertEquals(0, FileCalls.pipe(pipe));
    }

    @AfterEach
    void close() {
        driver.shutdown();
        NativeUring.closeFd(pipe[0]);
        NativeUring.closeFd(pipe[1]);
    }

    private Uring ring(UringCalls kernel, int entries, int completions) throws IOException {
        var ring = Uring.open(kernel, entries, completions);
        assumeTrue(ring != null, "this system refuses io_uring");
        driver.watch(ring);
        return ring;
    }

    private Uring ring(UringCalls kernel) throws IOException {
        return ring(kernel, 8, 16);
    }

    /** Begins to read one byte of the pipe, which is empty. */
    private FileRing.Call read(Uring ring, ByteBuffer memory) {
        var call = ring.begin(Uring.Entry.transfer(Uring.READ, pipe[0], memory, 1), memory, false, null);
        assertNotNull(call);
        return call;
    }

    private void write(int bytes) throws IOException {
        try (var out = new FileOutputStream("/proc/self/fd/" + pipe[1])) {
            out.write(new byte[bytes]);
        }
    }

    private void turnUntilNoneIsInFlight(Uring ring) throws Exception {
        Eventually.until("nothing is in flight", () -> {
            driver.park(0);
            return ring.inFlight() == 0;
        });
    }

    /** A kernel that ends nothing early. */
    private static final class Stubborn implements UringCalls {
        @Override
        public int cancel(long ring, int number) {
            return 0;
        }
    }

    @Test
    void whatTheSystemHasInItsCacheIsThereAtOnceAndWakesNobody(@TempDir Path dir) throws Exception {
        var ring = ring(UringCalls.KERNEL);
        var path = Files.writeString(dir.resolve("file"), "hello");
        int fd = FileCalls.open(path, FileCalls.READ);
        var memory = ring.memory(64);
        var call = ring.begin(Uring.Entry.transfer(Uring.READ, fd, memory, 64), memory, false, null);
        assertNotNull(call);
        assertEquals(5, call.poll(cx));
        var bytes = new byte[5];
        call.copyTo(bytes, 0, 5);
        assertEquals("hello", new String(bytes, "US-ASCII"));
        call.close();
        assertSame(memory, ring.memory(64));
        driver.park(0);
        assertEquals(0, driver.publishedCount());
        assertEquals(0, waker.count());
        NativeUring.closeFd(fd);
    }

    /** The driver sleeps when the end comes. */
    @Test
    void endThatComesByItselfEndsTheSleepOfTheDriver() throws Exception {
        var ring = ring(UringCalls.KERNEL);
        var call = read(ring, ring.memory(1));
        assertEquals(FileRing.Call.PENDING, call.poll(cx));
        var turn = Thread.ofPlatform().start(() -> {
            while (waker.count() == 0) {
                driver.park(Park.FOREVER);
            }
        });
        write(1);
        assertTrue(waker.awaitPast(0), "nobody was woken");
        assertTrue(turn.join(Eventually.PATIENCE));
        assertEquals(1, call.poll(cx));
        assertThrows(IllegalStateException.class, () -> call.poll(cx));
        call.close();
        assertEquals(0, ring.inFlight());
    }

    /** A hundred ends come at once into a ring that has room for four, and nobody looks meanwhile. */
    @Test
    void endsThatTheRingHasNoRoomForAreNotLost() throws Exception {
        var ring = ring(UringCalls.KERNEL, 2, 4);
        var calls = new ArrayList<FileRing.Call>();
        for (int i = 0; i < 100; i++) {
            var call = read(ring, ring.memory(1));
            assertEquals(FileRing.Call.PENDING, call.poll(cx));
            calls.add(call);
        }
        assertEquals(100, ring.inFlight());
        write(100);
        turnUntilNoneIsInFlight(ring);
        assertEquals(100, waker.count());
        for (var call : calls) {
            assertEquals(1, call.poll(cx));
            call.close();
        }
    }

    @Test
    void callThatIsGivenUpIsEndedByTheKernel() throws Exception {
        var ring = ring(UringCalls.KERNEL);
        var memory = ring.memory(1);
        var call = read(ring, memory);
        assertEquals(FileRing.Call.PENDING, call.poll(cx));
        call.close();
        turnUntilNoneIsInFlight(ring);
        assertEquals(0, waker.count());
        assertSame(memory, ring.memory(1));
    }

    /** The kernel does not hear of the cancel, and writes into the memory later. */
    @Test
    void memoryOfACallThatWasGivenUpIsNobodyElsesUntilItsEnd() throws Exception {
        var ring = ring(new Stubborn());
        var memory = ring.memory(1);
        memory.put(0, (byte) 'x');
        var call = read(ring, memory);
        call.close();
        call.close();
        driver.park(0);
        assertEquals(1, ring.inFlight());
        assertNotSame(memory, ring.memory(1));
        write(1);
        turnUntilNoneIsInFlight(ring);
        assertEquals(0, memory.get(0));
        assertSame(memory, ring.memory(1));
    }

    @Test
    void shutdownEndsWhatIsInFlight() throws Exception {
        var ring = ring(UringCalls.KERNEL);
        var ended = new AtomicInteger();
        var memory = ring.memory(1);
        var call = ring.begin(
                Uring.Entry.transfer(Uring.READ, pipe[0], memory, 1), memory, false, ended::incrementAndGet);
        assertNotNull(call);
        assertEquals(FileRing.Call.PENDING, call.poll(cx));
        assertFalse(ring.isReleased());
        driver.shutdown();
        assertEquals(1, ended.get());
        assertEquals(1, waker.count());
        assertEquals(CANCELED, call.poll(cx));
        assertTrue(ring.isReleased());
        assertNull(ring.begin(Uring.Entry.transfer(Uring.READ, pipe[0], memory, 1), memory, false, null));
        call.close();
    }

    /** As with a network file system that does not answer. */
    @Test
    void shutdownKeepsTheMemoryOfWhatTheKernelDoesNotEnd() throws Exception {
        try (var log = new LogLines(Uring.class.getName())) {
            var ring = ring(new Stubborn());
            var memory = ring.memory(1);
            var call = read(ring, memory);
            assertEquals(FileRing.Call.PENDING, call.poll(cx));
            driver.shutdown();
            assertEquals(1, waker.count());
            assertThrows(RuntimeShutdownException.class, () -> call.poll(cx));
            assertFalse(ring.isReleased());
            assertNotSame(memory, ring.memory(1));
            assertEquals(1, log.lines().size());
            assertTrue(log.lines().getFirst().contains("1 operations"), log.lines()::toString);
        }
    }

    /** An old kernel that has ends to get rid of first; then one that always has. */
    @Test
    void whatTheKernelDoesNotTakeIsTriedOnceMoreAndGivenBack() throws Exception {
        var refusals = new AtomicInteger();
        var ring = ring(new UringCalls() {
            @Override
            public int submit(long ring, int operation, int entryFlags, int fd, long address, int length, long offset,
                    int flags, int number) {
                return refusals.getAndDecrement() > 0 ? BUSY : UringCalls.super.submit(
                        ring, operation, entryFlags, fd, address, length, offset, flags, number);
            }
        });
        var begun = new AtomicInteger();
        var ended = new AtomicInteger();
        ring.onEach(begun::incrementAndGet, ended::incrementAndGet);
        refusals.set(1);
        read(ring, ring.memory(1)).close();
        turnUntilNoneIsInFlight(ring);
        refusals.set(2);
        var memory = ring.memory(1);
        assertNull(ring.begin(Uring.Entry.transfer(Uring.READ, pipe[0], memory, 1), memory, false, () -> {
            throw new AssertionError("it did not begin");
        }));
        assertEquals(0, ring.inFlight());
        assertSame(memory, ring.memory(1));
        assertEquals(2, begun.get());
        assertEquals(2, ended.get());
    }

    private static UringCalls refusing(int errno) {
        return new UringCalls() {
            @Override
            public long open(int entries, int completions) {
                return -errno;
            }
        };
    }

    @Test
    void refusalOfTheSystemIsLoggedOnce() throws Exception {
        Uring.forgetWhatWasTold();
        try (var log = new LogLines(Uring.class.getName())) {
            assertNull(Uring.open(refusing(1)));
            assertNull(Uring.open(refusing(1)));
            assertNull(Uring.open(refusing(38)));
            assertEquals(1, log.lines().size());
            assertTrue(log.lines().getFirst().contains("errno=1"), log.lines()::toString);
            driver.openUring(refusing(1));
            assertNull(driver.uring());
        }
    }

    @Test
    void lackOfDescriptorsIsNoRefusal() {
        var failure = assertThrows(IOException.class, () -> Uring.open(refusing(24)));
        assertTrue(failure.getMessage().contains("EMFILE"), failure::getMessage);
    }

    @Test
    void operationThatTheKernelLacksIsNamedOnceAndNotBegun() throws Exception {
        Uring.forgetWhatWasTold();
        try (var log = new LogLines(Uring.class.getName())) {
            for (int i = 0; i < 2; i++) {
                var lacking = ring(new UringCalls() {
                    @Override
                    public long operations(long ring) {
                        return UringCalls.super.operations(ring) & ~(1L << Uring.READ);
                    }
                });
                assertFalse(lacking.has(Uring.READ));
                assertTrue(lacking.has(Uring.OPENAT));
                var memory = lacking.memory(1);
                assertNull(lacking.begin(Uring.Entry.transfer(Uring.READ, pipe[0], memory, 1), memory, false, null));
                assertSame(memory, lacking.memory(1));
                driver.shutdown();
                driver = IoDriver.open(64);
            }
            assertEquals(1, log.lines().size());
            assertTrue(log.lines().getFirst().contains("has no READ;"), log.lines()::toString);
        }
    }
}
