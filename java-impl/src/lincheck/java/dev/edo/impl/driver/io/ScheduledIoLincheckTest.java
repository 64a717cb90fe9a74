package dev.edo.impl.driver.io;

import dev.edo.future.Context;
import dev.edo.impl.driver.WakeList;
import dev.edo.impl.natives.SlotLayout;
import java.lang.foreign.Arena;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jetbrains.lincheck.datastructures.verifier.EpsilonVerifier;
import org.junit.jupiter.api.Test;

/**
 * The hand-over of a waker between a task that polls, a driver that publishes, and a close. A waker
 * may be woken once too often, so the results are not compared with a sequential run; instead, in
 * whatever order the steps came, a task that sleeps in the end must have nothing to wake up for.
 */
public class ScheduledIoLincheckTest {
    private static final int R = SlotLayout.READABLE;

    private final SlotRegion region;
    private final int slot;
    private final ScheduledIo io;
    private final FakeSelector kernel = FakeSelector.withSlots(1);
    private final WakeList batch = new WakeList();
    private final AtomicInteger taskWakes = new AtomicInteger();
    private final AtomicInteger futureWakes = new AtomicInteger();
    private final Context task = Context.of(taskWakes::incrementAndGet);
    private final Readiness future;

    /** Lincheck does not see off-heap accesses: touching this between two of them lets it switch there. */
    private final AtomicInteger step = new AtomicInteger();

    private long tick;
    private boolean taskSleeps;
    private int taskSaw;
    private boolean futureSleeps;
    private int futureSaw;

    public ScheduledIoLincheckTest() {
        var arena = Arena.ofAuto();
        region = new SlotRegion(arena.allocate(2L * SlotLayout.SIZE, SlotLayout.ALIGNMENT), arena);
        slot = region.allocate(1, R);
        io = new ScheduledIo(region, slot, region.generation(slot), 1);
        future = new Readiness(new Registration(new IoDriver(kernel, region), io), io, ReadyMask.READ);
    }

    @Operation(nonParallelGroup = "driver")
    public void turn() {
        tick++;
        if (FakeSelector.addReadiness(region.segment(), slot, R, tick)) {
            step.incrementAndGet();
            boolean waiting = FakeSelector.claim(region.segment(), slot, R);
            step.incrementAndGet();
            if (waiting) {
                io.wake(R, batch);
            }
        }
    }

    @Operation(nonParallelGroup = "task")
    public void poll() {
        taskSaw = taskWakes.get();
        taskSleeps = io.pollReadiness(task, ReadyMask.READ, Direction.READ) == ReadinessWord.PENDING;
    }

    @Operation(nonParallelGroup = "task")
    public void clear() {
        long event = io.readyEvent(R);
        if (event >= 0) {
            io.clearReadiness(event, R);
        }
    }

    @Operation(nonParallelGroup = "future")
    public void pollFuture() {
        futureSaw = futureWakes.get();
        long event = io.pollReadiness(future, futureWakes::incrementAndGet);
        futureSleeps = event == ReadinessWord.PENDING;
    }

    @Operation(nonParallelGroup = "future")
    public void cancelFuture() {
        io.cancel(future);
        futureSleeps = false;
    }

    @Operation(nonParallelGroup = "closer")
    public void close() {
        if (io.close(kernel)) {
            io.wakeClosed();
        }
    }

    @Validate
    public void nobodySleepsThroughAnEvent() {
        boolean awake = io.readyEvent(ReadyMask.READ) != ReadinessWord.PENDING;
        if (awake && taskSleeps && taskWakes.get() == taskSaw) {
            throw new IllegalStateException("the task sleeps, and was not woken");
        }
        if (awake && futureSleeps && futureWakes.get() == futureSaw) {
            throw new IllegalStateException("the future sleeps, and was not woken");
        }
    }

    @Test
    void noWakeUpIsLost() {
        new ModelCheckingOptions()
                .iterations(40)
                .invocationsPerIteration(1_000)
                .threads(3)
                .actorsPerThread(3)
                .actorsBefore(1)
                .actorsAfter(0)
                .verifier(EpsilonVerifier.class)
                .check(ScheduledIoLincheckTest.class);
    }
}
