package dev.edo.impl.stress;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edo.impl.contract.Eventually;
import dev.edo.impl.contract.Setup;
import java.util.concurrent.Exchanger;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two tasks hand a number back and forth, by the JDK's own means; a lost unpark hangs it. */
class PingPongTest {
    private static final int TURNS = 5_000;

    @ParameterizedTest
    @EnumSource
    void throughSynchronousQueues(Setup setup) throws Exception {
        try (var running = setup.start()) {
            var there = new SynchronousQueue<Integer>();
            var back = new SynchronousQueue<Integer>();
            int turns = Scale.of(TURNS);
            var echo = running.handle().spawn(() -> {
                for (int i = 0; i < turns; i++) {
                    back.put(there.take() + 1);
                }
            });
            var ping = running.handle().spawn(() -> {
                int value = 0;
                for (int i = 0; i < turns; i++) {
                    there.put(value);
                    value = back.take();
                }
                return value;
            });
            assertEquals(turns, (int) Eventually.returns("ping", ping::await));
            Eventually.returns("echo", echo::await);
        }
    }

    @ParameterizedTest
    @EnumSource
    void throughAnExchanger(Setup setup) throws Exception {
        try (var running = setup.start()) {
            var exchanger = new Exchanger<Integer>();
            int turns = Scale.of(TURNS);
            var left = running.handle().spawn(() -> exchange(exchanger, turns));
            var right = running.handle().spawn(() -> exchange(exchanger, turns));
            assertEquals(turns, (int) Eventually.returns("left", left::await));
            assertEquals(turns, (int) Eventually.returns("right", right::await));
        }
    }

    private static int exchange(Exchanger<Integer> exchanger, int turns) throws InterruptedException {
        int value = 0;
        for (int i = 0; i < turns; i++) {
            value = exchanger.exchange(value) + 1;
        }
        return value;
    }

    @ParameterizedTest
    @EnumSource
    void throughParkAndUnpark(Setup setup) throws Exception {
        try (var running = setup.start()) {
            var turn = new ParkedTurn();
            int turns = Scale.of(TURNS);
            var even = running.handle().spawn(() -> turn.take(0, turns));
            var odd = running.handle().spawn(() -> turn.take(1, turns));
            Eventually.returns("even", even::await);
            Eventually.returns("odd", odd::await);
            assertEquals(2 * turns, turn.next);
        }
    }

    /** Whose turn it is; the other one is parked or about to park. */
    private static final class ParkedTurn {
        private final Thread[] threads = new Thread[2];
        private volatile int next;

        @SuppressWarnings("NonAtomicOperationOnVolatileField") // only the one whose turn it is writes
        void take(int parity, int turns) {
            synchronized (threads) {
                threads[parity] = Thread.currentThread();
            }
            for (int i = 0; i < turns; i++) {
                while ((next & 1) != parity) {
                    LockSupport.park(this);
                }
                next++;
                Thread other;
                synchronized (threads) {
                    other = threads[1 - parity];
                }
                LockSupport.unpark(other);
            }
        }
    }
}
