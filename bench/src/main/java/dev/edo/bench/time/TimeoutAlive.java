package dev.edo.bench.time;

import dev.edo.Edo;
import dev.edo.bench.Group;
import dev.edo.bench.Workload;
import dev.edo.bench.peer.EdoEither;
import dev.edo.bench.peer.Workers;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/**
 * The same with all 10,000 in the wheel at once.
 */
@Workload(value = "{flavor}_timeout_10k_alive", group = Group.TIMERS, operation = "timeout")
@OperationsPerInvocation(TimerTask.TIMERS)
public class TimeoutAlive {
    @Benchmark
    public void stackless(EdoEither edo) throws Exception {
        TimerTask.stackless(edo, timers -> cx -> {
            var all = new ArrayList<Future<@Nullable Void>>(timers);
            for (int i = 0; i < timers; i++) {
                var timeout = Edo.timeout(TimerTask.limit(i), Future.<@Nullable Void>pending());
                if (timeout.poll(cx).isReady()) {
                    throw new AssertionError("a timeout was over at once");
                }
                all.add(timeout);
            }
            all.forEach(Future::cancel);
            return Poll.ready();
        });
    }

    @Benchmark
    public void direct(EdoEither edo) throws Exception {
        TimerTask.direct(edo, timers -> {
            var all = new ArrayList<Future<@Nullable Void>>(timers);
            for (int i = 0; i < timers; i++) {
                var timeout = Edo.timeout(TimerTask.limit(i), Future.<@Nullable Void>pending());
                if (new TimerTask.PollOnce(timeout).await()) {
                    throw new AssertionError("a timeout was over at once");
                }
                all.add(timeout);
            }
            all.forEach(Future::cancel);
        });
    }

    @Benchmark
    public void virtualThreads() throws Exception {
        TimerTask.virtualThreads(Workers.COUNT, timers -> {
            var all = new ArrayList<CompletableFuture<@Nullable Void>>(timers);
            for (int i = 0; i < timers; i++) {
                var future = new CompletableFuture<@Nullable Void>();
                future.orTimeout(TimerTask.limit(i).toNanos(), TimeUnit.NANOSECONDS);
                all.add(future);
            }
            for (var future : all) {
                future.complete(null);
            }
        });
    }
}
