package dev.edo.impl.stress;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/**
 * Tasks that cannot unmount because a native frame is on their stack: parking blocks the worker itself, and whoever
 * unparks them wakes that thread.
 */
@SuppressWarnings("restricted") // native calls are what pins
class PinALotTest extends StressTest {
    private static final int ROUNDS = Scale.of(500);
    private static final MethodHandle QSORT = Linker.nativeLinker().downcallHandle(
            Linker.nativeLinker().defaultLookup().find("qsort").orElseThrow(),
            FunctionDescriptor.ofVoid(ValueLayout.ADDRESS, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG,
                    ValueLayout.ADDRESS));

    private static int compare(Runnable body, MemorySegment left, MemorySegment right) {
        body.run();
        return 0;
    }

    /** Runs code below a native frame: as the comparator of C's qsort over two elements. */
    private static void pinned(Runnable body) {
        try (var arena = Arena.ofConfined()) {
            var comparator = MethodHandles.insertArguments(
                    MethodHandles.lookup().findStatic(PinALotTest.class, "compare", MethodType.methodType(
                            int.class, Runnable.class, MemorySegment.class, MemorySegment.class)), 0, body);
            var upcall = Linker.nativeLinker().upcallStub(comparator, FunctionDescriptor.of(
                    ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS), arena);
            // SAFETY: the array of two ints and the stub live until qsort has returned
            QSORT.invokeExact(arena.allocate(8, 4), 2L, 4L, upcall);
        } catch (Throwable t) {
            throw new AssertionError(t);
        }
    }

    @Test
    void pinnedTimedParksEnd() throws Exception {
        for (int i = 0; i < 3; i++) {
            spawn(() -> pinned(() -> {
                for (int round = 0; round < ROUNDS; round++) {
                    LockSupport.parkNanos(10_000);
                }
            }));
        }
        awaitAll();
    }

    @Test
    void pinnedParkIsUnparkedFromOutside() throws Exception {
        var rounds = new AtomicInteger();
        var done = new AtomicBoolean();
        var thread = new Thread[1];
        var task = spawn(() -> {
            thread[0] = Thread.currentThread();
            pinned(() -> {
                for (int round = 0; round < ROUNDS; round++) {
                    LockSupport.park();
                    rounds.incrementAndGet();
                }
            });
            done.set(true);
        });
        Thread.ofPlatform().daemon().start(() -> {
            while (!done.get()) {
                LockSupport.unpark(thread[0]);
                Thread.yield();
            }
        });
        awaitAll();
        assertEquals(ROUNDS, rounds.get());
        assertEquals(true, task.isFinished());
    }

    /** A yield of a pinned thread returns at once, and an await inside parks the worker. */
    @Test
    void pinnedYieldsAndAwaitsGoOn() throws Exception {
        spawn(() -> pinned(() -> {
            for (int round = 0; round < ROUNDS; round++) {
                Thread.yield();
            }
        }));
        if (setup.workers() > 1) {
            var inner = handle.spawnBlocking(() -> 1);
            spawn(() -> pinned(() -> {
                try {
                    assertEquals(1, inner.await());
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            }));
        }
        awaitAll();
    }
}
