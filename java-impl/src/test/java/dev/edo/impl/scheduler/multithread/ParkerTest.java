package dev.edo.impl.scheduler.multithread;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.Edo;
import dev.edo.future.Context;
import dev.edo.impl.driver.Park;
import dev.edo.impl.runtime.RuntimeHandle;
import dev.edo.impl.scheduler.JobsUnderWay;
import dev.edo.impl.scheduler.LookOut;
import dev.edo.runtime.EdoRuntime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ParkerTest {
    private final FakeDriver driver = new FakeDriver();
    private final DriverLock lock = new DriverLock(driver);
    private final JobsUnderWay jobs = new JobsUnderWay();
    private final Parker parker = new Parker(lock, null, 0, jobs);
    private final Parker other = new Parker(lock, null, 1, jobs);

    @Test
    void sleepsInTheDriverWhereItIsFree() {
        parker.park();
        assertEquals(List.of(Park.FOREVER), driver.parks);
        assertTrue(lock.tryAcquire(), "the driver is free again");
    }

    @Test
    void aNotificationIsGoodForOnePark() {
        parker.unpark();
        parker.unpark();
        parker.park();
        assertTrue(driver.parks.isEmpty());
        parker.park();
        assertEquals(1, driver.parks.size());
    }

    @Test
    void aNotificationOnTheWayToSleepIsNotSleptThrough() {
        lock.tryAcquire();
        parker.unpark();
        parker.park(); // would never return
        assertFalse(parker.isNotified());
    }

    @Test
    void unparkWakesTheDriverOnlyWhileTheWorkerSleepsInIt() {
        parker.unpark();
        parker.park();
        assertEquals(0, driver.unparks);
        driver.inside = parker::unpark;
        parker.park();
        assertEquals(1, driver.unparks);
        assertFalse(parker.isNotified(), "it was for the park that has just ended");
    }

    /** Worker 0 sleeps in the driver, so worker 1 sleeps on its thread; each is woken by its own parker. */
    @Test
    void whoFindsTheDriverTakenSleepsOnItsThreadUntilUnparked() throws InterruptedException {
        lock.tryAcquire();
        var sleeper = Thread.ofPlatform().start(other::park);
        while (sleeper.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        other.unpark();
        sleeper.join();
        assertEquals(0, driver.unparks);
        assertTrue(driver.parks.isEmpty());
    }

    /** It looks out for the end of a job before it sleeps: at first each time, then more rarely, as none comes. */
    @Test
    void whileJobsAreUnderWayItFallsAsleepAndIsWokenAllTheSame() throws InterruptedException {
        lock.tryAcquire();
        jobs.begin();
        for (int i = 0; i < 100; i++) {
            var sleeper = Thread.ofPlatform().start(other::park);
            while (i % 2 == 0 && sleeper.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            other.unpark();
            sleeper.join();
            assertFalse(other.isNotified(), "it was for the park that has just ended");
        }
    }

    /** What it does between two looks is seen; the first looks, not compiled yet, may take all the time there is. */
    @Test
    void whileAJobIsUnderWayItLooksOutBeforeItSleeps() {
        lock.tryAcquire();
        jobs.begin();
        var looks = new AtomicInteger();
        var looker = new Parker(lock, null, 0, jobs, new LookOut(0, looks::getAndIncrement));
        for (int sleeps = 0; looks.get() == 0; sleeps++) {
            assertTrue(sleeps < 1_000, "it never looked out");
            var sleeper = Thread.ofPlatform().start(looker::park);
            while (sleeper.isAlive()) {
                if (sleeper.getState() == Thread.State.WAITING) {
                    looker.unpark();
                }
            }
        }
    }

    /** The timer falls due while it looks out, which may take longer than it means to: others want its processor, too. */
    @Test
    void aTimerThatIsDueAfterItLookedOutIsNotSleptThrough() throws Exception {
        lock.tryAcquire();
        jobs.begin();
        try (var runtime = EdoRuntime.builder().currentThread().enableTime().build(); var _ = runtime.enter()) {
            var time = ((RuntimeHandle) runtime.handle()).time();
            var looked = new AtomicBoolean();
            var looker = new Parker(lock, time, 0, jobs, new LookOut(0, () -> {
                looked.set(true);
                while (time.nanosToNext(0) > 0) {
                    Thread.onSpinWait();
                }
            }));
            for (int sleeps = 0; !looked.get(); sleeps++) { // the first looks may take all the time there is
                assertTrue(sleeps < 1_000, "it never looked out");
                var timer = Edo.sleep(Duration.ofMillis(50));
                assertFalse(timer.poll(Context.of(() -> {})).isReady());
                var sleeper = Thread.ofPlatform().start(looker::park);
                boolean slept = false;
                while (sleeper.isAlive()) {
                    slept |= sleeper.getState() == Thread.State.TIMED_WAITING;
                }
                assertFalse(looked.get() && slept, "it slept for as long again");
                timer.cancel();
            }
        }
    }

    /** A task may leave its thread interrupted, and then nothing that waits on that thread would wait. */
    @Test
    void anInterruptThatATaskLeftDoesNotReachTheSleep() throws InterruptedException {
        Thread.currentThread().interrupt();
        parker.park();
        assertFalse(driver.sawInterrupt);
        assertFalse(Thread.interrupted());

        lock.tryAcquire();
        var sleeper = Thread.ofPlatform().start(() -> {
            Thread.currentThread().interrupt();
            other.park();
        });
        while (sleeper.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        other.unpark();
        sleeper.join();
    }

    @Test
    void pollLooksWithoutSleepingAndKeepsNotifications() {
        parker.unpark();
        parker.poll();
        assertEquals(List.of(0L), driver.parks);
        assertTrue(parker.isNotified());
        assertTrue(lock.tryAcquire(), "the driver is free again");
        parker.poll();
        assertEquals(1, driver.parks.size(), "another worker is inside");
    }

    @Test
    void aDriverThatFailsIsLeftInOrder() {
        driver.inside = () -> {
            throw new IllegalStateException("epoll_wait");
        };
        assertThrows(IllegalStateException.class, parker::park);
        driver.inside = () -> {};
        parker.park();
        assertEquals(2, driver.parks.size());
    }
}
