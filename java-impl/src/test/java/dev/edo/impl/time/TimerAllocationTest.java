package dev.edo.impl.time;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.edo.future.Context;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** Arming, moving, firing and cancelling a timer allocates nothing beyond the timer itself. */
class TimerAllocationTest {
    private static final long TICK = 1L << Wheel.TICK_SHIFT;
    private static final int ROUNDS = 20_000;

    private final ManualTime time = new ManualTime(TICK);
    private final TimeDriver driver = new TimeDriver(time.clock(), new RecordingPark(), 2);
    private final Context cx = Context.of(() -> {});
    private final TestTimer timer = new TestTimer(driver, 0, 0);

    private void round() {
        long now = time.getAsLong();
        timer.moveTo(now + 100 * TICK);
        assertFalse(timer.pollElapsed(cx).isReady());
        timer.moveTo(now + 200 * TICK);
        timer.giveUp();
        timer.moveTo(now + TICK);
        assertFalse(timer.pollElapsed(cx).isReady());
        time.set(now + TICK);
        driver.processShard(0);
        assertTrue(timer.pollElapsed(cx).isReady());
    }

    @Test
    void aTimersLifeAllocatesNothing() {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int i = 0; i < ROUNDS; i++) {
            round();
        }
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < ROUNDS; i++) {
            round();
        }
        long perRound = (threads.getCurrentThreadAllocatedBytes() - before) / ROUNDS;
        assertTrue(perRound < 8, "bytes per round=" + perRound);
    }
}
