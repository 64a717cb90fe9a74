package dev.edo.bench.channel;

import dev.edo.bench.Group;
import dev.edo.bench.Workload;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/** {@link Watching} with a hundred tasks that watch. */
@Workload(value = "watch_100", group = Group.CHANNELS, operation = "delivery")
@OperationsPerInvocation(Watching.ROUNDS * 100)
public class Watch100 extends Watching {}
