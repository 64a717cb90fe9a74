package dev.edo.bench.time;

import dev.edo.bench.Group;
import dev.edo.bench.Workload;
import dev.edo.bench.peer.EdoCurrentThreadTimed;
import dev.edo.time.Instant;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Tokio's {@code time_now}, a thousand times in one {@code blockOn}, which would be what is
 * measured otherwise.
 */
@Workload(value = "ct_time_now", group = Group.TIMERS, operation = "reading")
@OperationsPerInvocation(TimeNow.READINGS)
public class TimeNow {
    static final int READINGS = 1_000;

    @Benchmark
    public void stackless(EdoCurrentThreadTimed edo, Blackhole blackhole) throws Exception {
        edo.runtime.blockOn(() -> {
            for (int i = 0; i < READINGS; i++) {
                blackhole.consume(Instant.now());
            }
        });
    }

    /** On the thread that measures, as inside {@code blockOn}: the start of another would be most of it. */
    @Benchmark
    public void virtualThreads(Blackhole blackhole) {
        for (int i = 0; i < READINGS; i++) {
            blackhole.consume(System.nanoTime());
        }
    }
}
