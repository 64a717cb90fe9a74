package dev.edo.bench.time;

import dev.edo.Edo;
import dev.edo.bench.Group;
import dev.edo.bench.Workload;
import dev.edo.bench.peer.EdoEither;
import dev.edo.bench.peer.Workers;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/**
 * 10,000 timeouts that each reach the wheel, as they are polled while pending, and are dropped
 * then, one at a time. The virtual threads use the JDK's own timeout, {@code
 * CompletableFuture.orTimeout}.
 */
@Workload(value = "{flavor}_timeout_registered_10k", group = Group.TIMERS, operation = "timeout")
@OperationsPerInvocation(TimerTask.TIMERS)
public class TimeoutRegistered {
    @Benchmark
    public void stackless(EdoEither edo) throws Exception {
        TimerTask.stackless(edo, timers -> cx -> {
            for (int i = 0; i < timers; i++) {
                var timeout = Edo.timeout(TimerTask.limit(i), Future.<@Nullable Void>pending());
                if (timeout.poll(cx).isReady()) {
                    throw new AssertionError("a timeout was over at once");
                }
                timeout.cancel();
            }
            return Poll.ready();
        });
    }

    @Benchmark
    public void direct(EdoEither edo) throws Exception {
        TimerTask.direct(edo, timers -> {
            for (int i = 0; i < timers; i++) {
                var timeout = Edo.timeout(TimerTask.limit(i), Future.<@Nullable Void>pending());
                if (new TimerTask.PollOnce(timeout).await()) {
                    throw new AssertionError("a timeout was over at once");
                }
                timeout.cancel();
            }
        });
    }

    @Benchmark
    public void virtualThreads() throws Exception {
        TimerTask.virtualThreads(Workers.COUNT, timers -> {
            for (int i = 0; i < timers; i++) {
                var future = new CompletableFuture<@Nullable Void>();
                future.orTimeout(TimerTask.limit(i).toNanos(), TimeUnit.NANOSECONDS);
                future.complete(null);
            }
        });
    }
}
