package dev.edo.bench.channel;

import dev.edo.bench.Group;
import dev.edo.bench.Workload;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/** {@link Broadcasting} with a hundred tasks that receive. */
@Workload(value = "broadcast_100", group = Group.CHANNELS, operation = "delivery")
@OperationsPerInvocation(Broadcasting.ROUNDS * 100)
public class Broadcast100 extends Broadcasting {}
