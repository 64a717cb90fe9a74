package dev.edo.bench.channel;

import dev.edo.bench.Group;
import dev.edo.bench.Workload;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/** {@link Watching} with ten tasks that watch. */
@Workload(value = "watch_10", group = Group.CHANNELS, operation = "delivery")
@OperationsPerInvocation(Watching.ROUNDS * 10)
public class Watch10 extends Watching {}
