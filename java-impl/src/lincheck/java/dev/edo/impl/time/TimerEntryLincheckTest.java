package dev.edo.impl.time;

import dev.edo.future.Context;
import dev.edo.future.Waker;
import dev.edo.impl.driver.Park;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;

/**
 * One timer, its owner on one thread and who fires on another: whatever they do at the same time
 * has the outcome of one order or the other. A lost wake-up would be a fire that wakes nobody
 * although the poll before it, in every order that fits the results, was pending.
 */
@Param(name = "tick", gen = IntGen.class, conf = "1:3")
public class TimerEntryLincheckTest {
    private final Clock clock = new Clock(() -> 0, false);
    private final TimeDriver driver = new TimeDriver(clock, new NoPark(), 2);
    private final Timer timer = new Timer(driver);
    private String woken = "";
    private final Waker first = () -> woken += "first ";
    private final Waker second = () -> woken += "second ";

    private static final class NoPark implements Park {
        @Override
        public void park(long timeoutNanos) {}

        @Override
        public void unpark() {}

        @Override
        public void shutdown() {}
    }

    private static final class Timer extends TimerEntry {
        Timer(TimeDriver driver) {
            super(driver, nanos(2));
        }

        @Override
        int homeShard() {
            return 0;
        }
    }

    private static long nanos(int tick) {
        return (long) tick << Wheel.TICK_SHIFT;
    }

    @Operation(nonParallelGroup = "owner")
    public String pollWithFirst() {
        return poll(first);
    }

    @Operation(nonParallelGroup = "owner")
    public String pollWithSecond() {
        return poll(second);
    }

    private String poll(Waker waker) {
        try {
            return timer.pollElapsed(Context.of(waker)).isReady() ? "ready" : "pending";
        } catch (IllegalStateException e) {
            return "over";
        }
    }

    @Operation(nonParallelGroup = "owner")
    public void reset(@Param(name = "tick") int tick) {
        timer.moveTo(nanos(tick));
    }

    @Operation(nonParallelGroup = "owner")
    public void cancel() {
        timer.giveUp();
    }

    @Operation(nonParallelGroup = "driver")
    public String fire(@Param(name = "tick") int tick) {
        woken = "";
        int fired = driver.shard(0).fire(nanos(tick), false);
        return fired + " " + woken;
    }

    @Operation(nonParallelGroup = "driver")
    public long next() {
        return driver.nanosToNext(0);
    }

    @Test
    void transitionsAreLinearizable() {
        new ModelCheckingOptions()
                .iterations(30)
                .invocationsPerIteration(1_000)
                .threads(2)
                .actorsPerThread(4)
                .check(TimerEntryLincheckTest.class);
    }

    @Test
    void transitionsAreLinearizableUnderStress() {
        new StressOptions()
                .iterations(20)
                .invocationsPerIteration(2_000)
                .threads(2)
                .actorsPerThread(4)
                .check(TimerEntryLincheckTest.class);
    }
}
