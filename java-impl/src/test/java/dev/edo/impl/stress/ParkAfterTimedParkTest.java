package dev.edo.impl.stress;

import dev.edo.impl.contract.Eventually;
import dev.edo.impl.contract.Setup;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A timed park that runs out just as somebody unparks, then an untimed park that the next unpark has to end. JDK 25
 * before 25.0.3 loses that one (JDK-8369227), and so would a scheduler that drops or doubles a submission.
 */
class ParkAfterTimedParkTest {
    private static final int ROUNDS = 300;

    @ParameterizedTest
    @EnumSource
    void theUntimedParkIsEnded(Setup setup) throws Exception {
        try (var running = setup.start()) {
            var phaser = new Phaser(2);
            var parked = new Thread[1];
            int rounds = Scale.of(ROUNDS);
            var released = new AtomicBoolean();
            var sleeper = running.handle().spawn(() -> {
                parked[0] = Thread.currentThread();
                phaser.arriveAndAwaitAdvance();
                for (int i = 0; i < rounds; i++) {
                    LockSupport.parkNanos(20_000 + i % 7 * 10_000);
                    while (!released.getAndSet(false)) {
                        LockSupport.park(this);
                    }
                    phaser.arriveAndAwaitAdvance();
                }
            });
            phaser.arriveAndAwaitAdvance();
            for (int i = 0; i < rounds; i++) {
                LockSupport.parkNanos(30_000);
                LockSupport.unpark(parked[0]);
                released.set(true);
                LockSupport.unpark(parked[0]);
                int round = i;
                Eventually.returns("round " + round, () -> phaser.arriveAndAwaitAdvance());
            }
            Eventually.returns("the sleeper", sleeper::await);
        }
    }
}
