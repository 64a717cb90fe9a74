package dev.edo.bench.channel;

import dev.edo.bench.Group;
import dev.edo.bench.Workload;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/** {@link Broadcasting} with a thousand tasks that receive. */
@Workload(value = "broadcast_1000", group = Group.CHANNELS, operation = "delivery")
@OperationsPerInvocation(Broadcasting.ROUNDS * 1000)
public class Broadcast1000 extends Broadcasting {}
