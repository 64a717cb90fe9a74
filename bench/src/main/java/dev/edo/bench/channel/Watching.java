package dev.edo.bench.channel;

import dev.edo.Edo;
import dev.edo.bench.peer.AsyncBlock;
import dev.edo.bench.peer.EdoBare;
import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.sync.Watch;
import dev.edo.sync.WatchReceiver;
import dev.edo.sync.WatchRecvError;
import dev.edo.sync.WatchSender;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.BenchmarkParams;

/**
 * Tokio's {@code sync_watch}: a task changes a value a hundred times, each when all tasks have seen
 * the last one. The operations of an invocation are its
 * deliveries, which says how many tasks there are.
 */
public abstract class Watching {
    static final int ROUNDS = 100;
    static final Integer VALUE = 42;

    @Benchmark
    public void stackless(EdoBare edo, Polled receivers) throws Exception {
        edo.runtime.blockOn(new AsyncBlock<>(() -> Edo.spawn(new Sending(receivers))));
    }

    @Benchmark
    public void direct(EdoBare edo, Direct receivers) throws Exception {
        edo.runtime.blockOn(() -> {
            Edo.spawn(() -> {
                for (int i = 0; i < ROUNDS; i++) {
                    receivers.group.begin(receivers.count);
                    receivers.sender.send(VALUE);
                    receivers.group.await();
                }
            }).await();
        });
    }

    /** The tasks that watch. */
    @State(Scope.Benchmark)
    public static class Polled {
        final WatchSender<Integer> sender = Watch.sender(0);
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

    /** The tasks that watch. */
    @State(Scope.Benchmark)
    public static class Direct {
        final WatchSender<Integer> sender = Watch.sender(0);
        final WaitGroup group = new WaitGroup();
        int count;

        @Setup
        public void start(EdoBare edo, BenchmarkParams params) {
            count = params.getOpsPerInvocation() / ROUNDS;
            for (int i = 0; i < count; i++) {
                var receiver = sender.subscribe();
                var work = new ReceiverWork(i);
                edo.runtime.spawn(() -> watch(receiver, group, work));
            }
        }

        private static void watch(WatchReceiver<Integer> receiver, WaitGroup group, ReceiverWork work) {
            try {
                while (true) {
                    receiver.changed().await();
                    work.accept(receiver.borrow());
                    group.done();
                }
            } catch (WatchRecvError closed) {
                // the end of the benchmark
            }
        }
    }

    private static final class Receiving implements Future<@Nullable Void> {
        private final WatchReceiver<Integer> receiver;
        private final WaitGroup group;
        private final ReceiverWork work;
        private @Nullable Future<@Nullable Void> waiting;

        Receiving(WatchReceiver<Integer> receiver, WaitGroup group, ReceiverWork work) {
            this.receiver = receiver;
            this.group = group;
            this.work = work;
        }

        @Override
        public Poll<@Nullable Void> poll(Context cx) throws Exception {
            for (;;) {
                var current = waiting;
                if (current == null) {
                    current = receiver.changed();
                    waiting = current;
                }
                if (!current.poll(cx).isReady()) {
                    return Poll.pending();
                }
                waiting = null;
                work.accept(receiver.borrow());
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
                    if (round++ == ROUNDS) {
                        return Poll.ready();
                    }
                    receivers.group.begin(receivers.count);
                    receivers.sender.send(VALUE);
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
