package dev.edo.bench.sync;

import dev.edo.bench.Group;
import dev.edo.bench.Workload;
import dev.edo.bench.peer.EdoBare;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/**
 * Tokio's {@code notify_one}: a thread outside the runtime notifies in a tight loop, until 500 wake-ups
 * have been seen.
 */
@Workload(value = "notify_one_{waiters}", group = Group.SYNC, operation = "wake-up")
@OperationsPerInvocation(Waiters.WAKE_UPS)
public class NotifyOne {
    @Benchmark
    public void stackless(EdoBare edo, Waiters.Polled waiters) {
        notifyUntilSeen(waiters);
    }

    @Benchmark
    public void direct(EdoBare edo, Waiters.Direct waiters) {
        notifyUntilSeen(waiters);
    }

    private static void notifyUntilSeen(Waiters waiters) {
        waiters.count.set(0);
        do {
            waiters.notify.notifyOne();
        } while (waiters.count.get() < Waiters.WAKE_UPS);
    }
}
