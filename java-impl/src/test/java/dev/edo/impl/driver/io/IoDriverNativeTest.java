package dev.edo.impl.driver.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.future.Context;
import dev.edo.impl.driver.Park;
import dev.edo.impl.natives.SlotLayout;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The driver on the real poller, with pipes. */
@Timeout(120)
@EnabledOnOs(OS.LINUX)
class IoDriverNativeTest {
    private static final int R = SlotLayout.READABLE;
    private static final int W = SlotLayout.WRITABLE;
    private static final int MAX_EVENTS = 64;

    private final CountingWaker waker = new CountingWaker();
    private final Context cx = Context.of(waker);

    /** A pipe; both ends do not block. */
    private record Pipe(FileDescriptor reader, FileDescriptor writer) implements AutoCloseable {
        static Pipe open() throws IOException {
            var ends = FileDescriptor.pipe();
            return new Pipe(ends[0], ends[1]);
        }

        void send() throws IOException {
            assertEquals(1, writer.write(ByteBuffer.allocateDirect(1), 0, 1));
        }

        @Override
        public void close() throws IOException {
            reader.close();
            writer.close();
        }
    }

    @BeforeAll
    static void loadSockets() {
        Epoll.ensureAvailability();
    }

    @Test
    void aByteInAPipeWakesItsReaderAndClearingWaitsForTheNext() throws Exception {
        var driver = IoDriver.open(MAX_EVENTS);
        try (var pipe = Pipe.open()) {
            var registration = driver.register(pipe.reader.intValue(), R);
            var buffer = ByteBuffer.allocateDirect(8);
            for (int round = 0; round < 3; round++) {
                assertEquals(Registration.PENDING, registration.pollReadReady(cx));
                pipe.send();
                driver.park(Park.FOREVER);
                assertEquals(round + 1, waker.count());
                long event = registration.pollReadReady(cx);
                assertEquals(R, SlotLayout.ready(event));
                assertEquals(1, pipe.reader.read(buffer, 0, 8));
                assertEquals(0, pipe.reader.read(buffer, 0, 8));
                registration.clearReadiness(event, R);
            }
            registration.close();
        } finally {
            driver.shutdown();
        }
    }

    @Test
    void aFullPipeIsWritableAgainWhenItWasDrained() throws Exception {
        var driver = IoDriver.open(MAX_EVENTS);
        try (var pipe = Pipe.open()) {
            var registration = driver.register(pipe.writer.intValue(), W);
            driver.park(Park.FOREVER);
            var chunk = ByteBuffer.allocateDirect(1 << 16);
            long event = registration.pollWriteReady(cx);
            assertEquals(W, SlotLayout.ready(event));
            while (pipe.writer.write(chunk, 0, chunk.capacity()) > 0) {
                assertTrue(registration.tryReady(W) >= 0);
            }
            registration.clearReadiness(event, W);
            assertEquals(Registration.PENDING, registration.pollWriteReady(cx));
            while (pipe.reader.read(chunk, 0, chunk.capacity()) > 0) {
                assertEquals(0, waker.count());
            }
            driver.park(Park.FOREVER);
            assertEquals(1, waker.count());
            assertTrue(registration.pollWriteReady(cx) >= 0);
            registration.close();
        } finally {
            driver.shutdown();
        }
    }

    @Test
    void aClosedPeerStaysVisibleAfterClearing() throws Exception {
        var driver = IoDriver.open(MAX_EVENTS);
        try (var pipe = Pipe.open()) {
            var registration = driver.register(pipe.reader.intValue(), R);
            assertEquals(Registration.PENDING, registration.pollReadReady(cx));
            pipe.writer.close();
            driver.park(Park.FOREVER);
            assertEquals(1, waker.count());
            long event = registration.pollReadReady(cx);
            registration.clearReadiness(event, R);
            assertEquals(SlotLayout.READ_CLOSED, SlotLayout.ready(registration.pollReadReady(cx)));
            registration.close();
        } finally {
            driver.shutdown();
        }
    }

    @Test
    void aTimeoutEndsAParkThatHasNoEvents() throws Exception {
        var driver = IoDriver.open(MAX_EVENTS);
        try {
            long start = System.nanoTime();
            driver.park(2_000_000);
            assertTrue(System.nanoTime() - start >= 2_000_000);
            assertEquals(1, driver.turnCount());
        } finally {
            driver.shutdown();
        }
    }

    @Test
    void aFileThatCannotBePolledIsRefusedWithTheReason() throws Exception {
        var driver = IoDriver.open(MAX_EVENTS);
        var path = Files.createTempFile("edo", null);
        var file = FileDescriptor.from(path.toFile());
        try {
            var failure = assertThrows(IOException.class, () -> driver.register(file.intValue(), R));
            assertTrue(failure.getMessage().contains("EPERM"), failure.getMessage());
            assertEquals(0, driver.slotsInUse());
        } finally {
            file.close();
            Files.delete(path);
            driver.shutdown();
        }
    }

    /**
     * The descriptor was closed first, by mistake; the kernel has forgotten it, and the slot is released.
     */
    @Test
    void closingAfterTheDescriptorReleasesTheSlot() throws Exception {
        var driver = IoDriver.open(MAX_EVENTS);
        try (var pipe = Pipe.open()) {
            var registration = driver.register(pipe.reader.intValue(), R);
            pipe.reader.close();
            registration.close();
            driver.park(0);
            assertEquals(0, driver.slotsInUse());
        } finally {
            driver.shutdown();
        }
    }

    /**
     * Two tasks send one byte to and fro over two pipes while a third thread turns the driver: each byte
     * finds its reader anywhere between the read that found nothing and the park. One wake-up lost by the
     * slot, the ready array or the waker hand-over, and the ball stops.
     */
    @Test
    void noWakeUpIsLostBetweenPipeAndTask() throws Exception {
        int rounds = 20_000;
        var driver = IoDriver.open(MAX_EVENTS);
        var failure = new AtomicReference<Throwable>();
        try (var polling = new PollingThread(driver);
                var there = Pipe.open();
                var back = Pipe.open()) {
            var second = Thread.ofPlatform()
                    .start(() -> play(driver, there, back, rounds, false, failure));
            play(driver, back, there, rounds, true, failure);
            second.join();
            assertEquals(null, failure.get());
            assertTrue(polling.turns() > 0);
            assertEquals(2, driver.deregisteredCount());
        }
        assertEquals(0, driver.slotsInUse());
        assertTrue(driver.publishedCount() >= driver.upcallCount());
    }

    private static void play(IoDriver driver, Pipe in, Pipe out, int rounds, boolean serves,
            AtomicReference<Throwable> failure) {
        var own = new CountingWaker();
        var context = Context.of(own);
        var buffer = ByteBuffer.allocateDirect(1);
        try (var registration = driver.register(in.reader.intValue(), R)) {
            if (serves) {
                out.send();
            }
            for (int round = 0; round < rounds; round++) {
                while (in.reader.read(buffer, 0, 1) <= 0) {
                    int seen = own.count();
                    long event = registration.pollReadReady(context);
                    if (event == Registration.PENDING) {
                        assertTrue(own.awaitPast(seen), "lost wake-up in round " + round);
                    } else if (in.reader.read(buffer, 0, 1) > 0) {
                        break;
                    } else {
                        registration.clearReadiness(event, R);
                    }
                }
                if (!serves || round < rounds - 1) {
                    out.send();
                }
            }
        } catch (Throwable e) {
            failure.compareAndSet(null, e);
        }
    }

    /** With one caller nobody makes up for a lost unpark. */
    @Test
    void noUnparkOfASingleThreadIsLost() throws Exception {
        unparkRepeatedly(1);
    }

    @Test
    void noUnparkIsLostWhereTwoCoincide() throws Exception {
        unparkRepeatedly(2);
    }

    /** Each unpark must end the park in progress or the next one. */
    private static void unparkRepeatedly(int unparkers) throws Exception {
        var driver = IoDriver.open(MAX_EVENTS);
        var stuck = new AtomicBoolean();
        try (var polling = new PollingThread(driver)) {
            var threads = new ArrayList<Thread>();
            for (int i = 0; i < unparkers; i++) {
                threads.add(Thread.ofPlatform().start(() -> {
                    for (int round = 0; round < 10_000 && !stuck.get(); round++) {
                        long before = polling.turns();
                        driver.unpark();
                        long deadline = System.nanoTime() + 10_000_000_000L;
                        while (polling.turns() == before && !stuck.get()) {
                            stuck.compareAndSet(false, System.nanoTime() - deadline > 0);
                        }
                    }
                }));
            }
            for (var thread : threads) {
                thread.join();
            }
            assertEquals(false, stuck.get());
        }
        assertTrue(driver.wakeCount() <= unparkers * 10_000 + 1, "wakes=" + driver.wakeCount());
    }

    /**
     * Threads register, poll, close and unpark while the driver is shut down and frees everything native. A
     * call that used the poller or the slots after that would crash the JVM; each must succeed or fail with
     * the reason, and in the end nothing is in use.
     */
    @Test
    void shutdownAmidCallsOfOtherThreadsIsSafe() throws Exception {
        for (int round = 0; round < 60; round++) {
            var driver = IoDriver.open(MAX_EVENTS);
            var failure = new AtomicReference<Throwable>();
            var running = new CountDownLatch(3);
            var threads = new ArrayList<Thread>();
            var polling = new PollingThread(driver);
            for (int i = 0; i < 3; i++) {
                threads.add(Thread.ofPlatform()
                        .start(() -> registerUntilGone(driver, running, failure)));
            }
            running.await();
            polling.close();
            for (var thread : threads) {
                thread.join();
            }
            assertEquals(null, failure.get());
            assertEquals(0, driver.slotsInUse());
            assertEquals(driver.registeredCount(), driver.deregisteredCount());
            assertTrue(driver.turnCount() > 0);
        }
    }

    private static void registerUntilGone(IoDriver driver, CountDownLatch running,
            AtomicReference<Throwable> failure) {
        var own = new CountingWaker();
        try (var pipe = Pipe.open()) {
            while (true) {
                try (var registration = driver.register(pipe.reader.intValue(), R)) {
                    long event = registration.pollReadReady(Context.of(own));
                    if (event == Registration.PENDING) {
                        pipe.send();
                        driver.unpark();
                        assertTrue(own.awaitPast(0), "neither woken by the byte nor by the shutdown");
                        event = registration.pollReadReady(Context.of(own));
                    }
                    registration.clearReadiness(event, R);
                    pipe.reader.read(ByteBuffer.allocateDirect(1), 0, 1);
                    running.countDown();
                }
            }
        } catch (IOException e) {
            if (!e.getMessage().contains("I/O driver was shut down")) {
                failure.set(e);
            }
        } catch (Throwable e) {
            failure.set(e);
        } finally {
            running.countDown();
        }
    }

    @Test
    void tenThousandRegistrationsOfAPipeDoNotGrow() throws Exception {
        var driver = IoDriver.open(MAX_EVENTS);
        try (var pipe = Pipe.open()) {
            int length = driver.tableLength();
            pipe.send();
            for (int i = 0; i < 10_000; i++) {
                var registration = driver.register(pipe.reader.intValue(), R);
                assertEquals(Registration.PENDING, registration.pollReadReady(cx));
                driver.park(Park.FOREVER);
                assertTrue(registration.pollReadReady(cx) >= 0);
                registration.close();
            }
            assertEquals(10_000, waker.count());
            assertEquals(length, driver.tableLength());
            driver.park(0);
            assertEquals(0, driver.slotsInUse());
            assertEquals(10_000, driver.deregisteredCount());
            assertEquals(0, driver.staleCount());
        } finally {
            driver.shutdown();
        }
    }

    @Test
    void fiftyDriversOneAfterTheOtherLeaveNoDescriptorAndNoMapping() throws Exception {
        IoDriver.open(MAX_EVENTS).shutdown();
        long descriptors = openPollers();
        long pages = addressSpacePages();
        for (int i = 0; i < 50; i++) {
            var driver = IoDriver.open(MAX_EVENTS);
            assertTrue(openPollers() > descriptors);
            driver.shutdown();
        }
        assertEquals(descriptors, openPollers());
        long leakedPages = 50L * (1 << 20) * SlotLayout.SIZE / 4096;
        assertTrue(addressSpacePages() - pages < leakedPages / 2, "the regions are still mapped");
    }

    private static long openPollers() throws IOException {
        long count = 0;
        try (var links = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (var link : links) {
                if (target(link).startsWith("anon_inode:")) {
                    count++;
                }
            }
        }
        return count;
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException gone) {
            return ""; // the descriptor of the listing itself
        }
    }

    /** {@return the size of the address space, in pages} */
    private static long addressSpacePages() throws IOException {
        return Long.parseLong(Files.readString(Path.of("/proc/self/statm")).split(" ")[0]);
    }
}
