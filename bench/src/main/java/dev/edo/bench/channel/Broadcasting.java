package dev.edo.bench.channel;

import dev.edo.bench.peer.EdoBare;
import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.sync.Broadcast;
import dev.edo.sync.BroadcastReceiver;
import dev.edo.sync.BroadcastRecv;
import dev.edo.sync.BroadcastSender;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.BenchmarkParams;

/**
 * Tokio's {@code sync_broadcast}: the thread inside {@code blockOn} sends a hundred messages, each
 * when all tasks have had the last one. The operations of an invocation are its
 * deliveries, which says how many tasks there are.
 */
public abstract class Broadcasting {
    static final int ROUNDS = 100;
    static final int CAPACITY = 1_000;

    @Benchmark
    public void stackless(EdoBare edo, Polled receivers) throws Exception {
        edo.runtime.blockOn(new Sending(receivers));
    }

    @Benchmark
    public void direct(EdoBare edo, Direct receivers) throws Exception {
        edo.runtime.blockOn(() -> {
            for (int i = 0; i < ROUNDS; i++) {
                receivers.group.begin(receivers.count);
                receivers.sender.send(i);
                receivers.group.await();
            }
        });
    }

    /** The tasks that receive. */
    @State(Scope.Benchmark)
    public static class Polled {
        final BroadcastSender<Integer> sender = Broadcast.sender(CAPACITY);
        final WaitGroup group = new WaitGroup();
        int count;

        @Setup
        public void start(EdoBare edo, BenchmarkParams params) {
            count = params.getOpsPerInvocation() / ROUNDS;
            for (int i = 0; i < count; i++) {
                edo.runtime.spawn(new Receiving(sender.subscribe(), group, new ReceiverWork(i)));
            }
        }
    }

    /** The tasks that receive. */
    @State(Scope.Benchmark)
    public static class Direct {
        final BroadcastSender<Integer> sender = Broadcast.sender(CAPACITY);
        final WaitGroup group = new WaitGroup();
        int count;

        @Setup
        public void start(EdoBare edo, BenchmarkParams params) {
            count = params.getOpsPerInvocation() / ROUNDS;
            for (int i = 0; i < count; i++) {
                var receiver = sender.subscribe();
                var work = new ReceiverWork(i);
                edo.runtime.spawn(() -> {
                    while (receiver.recv().await() instanceof BroadcastRecv.Received<Integer>(var message)) {
                        work.accept(message);
                        group.done();
                    }
                });
            }
        }
    }

    private static final class Receiving implements Future<@Nullable Void> {
        private final BroadcastReceiver<Integer> receiver;
        private final WaitGroup group;
        private final ReceiverWork work;
        private @Nullable Future<BroadcastRecv<Integer>> waiting;

        Receiving(BroadcastReceiver<Integer> receiver, WaitGroup group, ReceiverWork work) {
            this.receiver = receiver;
            this.group = group;
            this.work = work;
        }

        @Override
        public Poll<@Nullable Void> poll(Context cx) throws Exception {
            for (;;) {
                var current = waiting;
                if (current == null) {
                    current = receiver.recv();
                    waiting = current;
                }
                if (!(current.poll(cx) instanceof Poll.Ready<BroadcastRecv<Integer>>(var received))) {
                    return Poll.pending();
                }
                waiting = null;
                if (!(received instanceof BroadcastRecv.Received<Integer>(var message))) {
                    return Poll.ready();
                }
                work.accept(message);
                group.done();
            }
        }
    }

    private static final class Sending implements Future<@Nullable Void> {
        private final Polled receivers;
        private int round;
        private boolean sent;

        Sending(Polled receivers) {
            this.receivers = receivers;
        }

        @Override
        public Poll<@Nullable Void> poll(Context cx) throws Exception {
            for (;;) {
                if (!sent) {
                    if (round == ROUNDS) {
                        return Poll.ready();
                    }
                    receivers.group.begin(receivers.count);
                    receivers.sender.send(round++);
                    sent = true;
                }
                if (!receivers.group.poll(cx).isReady()) {
                    return Poll.pending();
                }
                sent = false;
            }
        }
    }
}
