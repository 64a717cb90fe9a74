package dev.edo.bench.time;

import dev.edo.Edo;
import dev.edo.bench.Group;
import dev.edo.bench.Workload;
import dev.edo.bench.peer.EdoEither;
import dev.edo.future.Poll;
import java.time.Duration;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.infra.Blackhole;

/**
 * 10,000 sleeps that are made and dropped. None is polled, so none reaches the wheel.
 */
@Workload(value = "{flavor}_sleep_create_drop_10k", group = Group.TIMERS, operation = "sleep")
@OperationsPerInvocation(TimerTask.TIMERS)
public class SleepCreateDrop {
    private static final Duration LIMIT = Duration.ofSeconds(1);

    @Benchmark
    public void stackless(EdoEither edo, Blackhole blackhole) throws Exception {
        TimerTask.stackless(edo, timers -> cx -> {
            for (int i = 0; i < timers; i++) {
                var sleep = Edo.sleep(LIMIT);
                blackhole.consume(sleep);
                sleep.cancel();
            }
            return Poll.ready();
        });
    }
}
