package dev.edo.bench.channel;

import dev.edo.bench.Group;
import dev.edo.bench.Workload;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/** {@link Watching} with a thousand tasks that watch. */
@Workload(value = "watch_1000", group = Group.CHANNELS, operation = "delivery")
@OperationsPerInvocation(Watching.ROUNDS * 1000)
public class Watch1000 extends Watching {}
