package dev.edo.bench.channel;

import dev.edo.bench.Group;
import dev.edo.bench.Workload;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/** {@link Broadcasting} with ten tasks that receive. */
@Workload(value = "broadcast_10", group = Group.CHANNELS, operation = "delivery")
@OperationsPerInvocation(Broadcasting.ROUNDS * 10)
public class Broadcast10 extends Broadcasting {}
