package dev.edo.bench.sync;

import dev.edo.Edo;
import dev.edo.bench.Group;
import dev.edo.bench.Workload;
import dev.edo.bench.peer.AsyncBlock;
import dev.edo.bench.peer.AwaitAll;
import dev.edo.bench.peer.AwaitLoop;
import dev.edo.bench.peer.EdoEitherBare;
import dev.edo.bench.peer.VirtualThreads;
import dev.edo.sync.Notify;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/** Two tasks wake each other in turn. */
@Workload(value = "{flavor}_notify_ping_pong", group = Group.SYNC, operation = "wake-up")
@OperationsPerInvocation(2 * NotifyPingPong.ROUNDS)
public class NotifyPingPong {
    static final int ROUNDS = 1_000;

    @Benchmark
    public void stackless(EdoEitherBare edo) throws Exception {
        edo.runtime.blockOn(new AsyncBlock<>(() -> {
            var there = new Notify();
            var back = new Notify();
            var one = Edo.spawn(new AwaitLoop<>(ROUNDS, there::notified, notified -> back.notifyOne()));
            var two = Edo.spawn(new AwaitLoop<>(ROUNDS, () -> {
                there.notifyOne();
                return back.notified();
            }, notified -> {}));
            return new AwaitAll<>(new ArrayList<>(List.of(one, two)));
        }));
    }

    @Benchmark
    public void direct(EdoEitherBare edo) throws Exception {
        edo.runtime.blockOn(() -> {
            var there = new Notify();
            var back = new Notify();
            var one = Edo.spawn(() -> {
                for (int i = 0; i < ROUNDS; i++) {
                    there.notified().await();
                    back.notifyOne();
                }
            });
            var two = Edo.spawn(() -> {
                for (int i = 0; i < ROUNDS; i++) {
                    there.notifyOne();
                    back.notified().await();
                }
            });
            one.await();
            two.await();
        });
    }

    @Benchmark
    public void virtualThreads() throws Exception {
        var there = new Semaphore(0);
        var back = new Semaphore(0);
        VirtualThreads.run(List.<VirtualThreads.Body>of(
                () -> {
                    for (int i = 0; i < ROUNDS; i++) {
                        there.acquireUninterruptibly();
                        back.release();
                    }
                },
                () -> {
                    for (int i = 0; i < ROUNDS; i++) {
                        there.release();
                        back.acquireUninterruptibly();
                    }
                }));
    }
}
