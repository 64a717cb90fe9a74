package dev.edo.impl.stress;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Exchanger;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Two tasks that hand something to and fro. */
class PingPongTest extends StressTest {
    private static final int ROUNDS = Scale.of(10_000);

    @Test
    void synchronousQueue() throws Exception {
        pingPong(SynchronousQueue::new);
    }

    @Test
    void transferQueue() throws Exception {
        pingPong(LinkedTransferQueue::new);
    }

    @Test
    void boundedQueue() throws Exception {
        pingPong(() -> new ArrayBlockingQueue<>(1));
    }

    private void pingPong(Supplier<BlockingQueue<Integer>> queues) throws Exception {
        for (int pair = 0; pair < 2; pair++) {
            var to = queues.get();
            var fro = queues.get();
            spawn(() -> {
                for (int i = 0; i < ROUNDS; i++) {
                    to.put(i);
                    if (fro.take() != i) {
                        throw new AssertionError("round " + i + " got mixed up");
                    }
                }
            });
            spawn(() -> {
                for (int i = 0; i < ROUNDS; i++) {
                    fro.put(to.take());
                }
            });
        }
        awaitAll();
    }

    @Test
    void exchanger() throws Exception {
        var exchanger = new Exchanger<Integer>();
        for (int task = 0; task < 2; task++) {
            int own = task;
            spawn(() -> {
                for (int i = 0; i < ROUNDS; i++) {
                    if (exchanger.exchange(own) != 1 - own) {
                        throw new AssertionError("round " + i + " met itself");
                    }
                }
            });
        }
        awaitAll();
    }

    /** With nothing but park and unpark: an unpark that comes before the park must not be lost. */
    @Test
    void parkAndUnpark() throws Exception {
        var first = new AtomicReference<Thread>();
        var second = new AtomicReference<Thread>();
        var turn = new int[1];
        var lock = new Object();
        spawn(() -> takeTurns(0, turn, lock, first, second));
        spawn(() -> takeTurns(1, turn, lock, second, first));
        awaitAll();
    }

    private static void takeTurns(
            int own, int[] turn, Object lock, AtomicReference<Thread> self, AtomicReference<Thread> other) {
        self.set(Thread.currentThread());
        for (int i = 0; i < ROUNDS; i++) {
            for (;;) {
                synchronized (lock) {
                    if (turn[0] % 2 == own) {
                        turn[0]++;
                        break;
                    }
                }
                LockSupport.park();
            }
            LockSupport.unpark(other.get());
        }
        while (other.get() == null) {
            Thread.yield();
        }
        LockSupport.unpark(other.get());
    }
}
