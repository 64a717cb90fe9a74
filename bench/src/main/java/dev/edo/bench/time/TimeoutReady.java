package dev.edo.bench.time;

import dev.edo.Edo;
import dev.edo.bench.Group;
import dev.edo.bench.Workload;
import dev.edo.bench.peer.EdoEither;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import java.time.Duration;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/**
 * Tokio's {@code time_timeout}: 10,000 timeouts around what is ready. None reaches the wheel.
 */
@Workload(value = "{flavor}_timeout_ready_10k", group = Group.TIMERS, operation = "timeout")
@OperationsPerInvocation(TimerTask.TIMERS)
public class TimeoutReady {
    private static final Duration LIMIT = Duration.ofSeconds(1);

    @Benchmark
    public void stackless(EdoEither edo) throws Exception {
        TimerTask.stackless(edo, timers -> cx -> {
            for (int i = 0; i < timers; i++) {
                if (!Edo.timeout(LIMIT, Future.ready(1)).poll(cx).isReady()) {
                    throw new AssertionError("a timeout around what is ready was pending");
                }
            }
            return Poll.ready();
        });
    }

    @Benchmark
    public void direct(EdoEither edo) throws Exception {
        TimerTask.direct(edo, timers -> {
            for (int i = 0; i < timers; i++) {
                if (Edo.timeout(LIMIT, Future.ready(1)).await() != 1) {
                    throw new AssertionError("a timeout changed the value");
                }
            }
        });
    }
}
