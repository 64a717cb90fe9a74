package dev.edo.bench.channel;

import dev.edo.bench.Group;
import dev.edo.bench.Workload;
import dev.edo.bench.peer.EdoBare;
import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.sync.Oneshot;
import dev.edo.sync.OneshotReceiver;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/** A thousand oneshot channels, each sent to before it is received from: nobody is woken. */
@Workload(value = "oneshot_same_task", group = Group.CHANNELS, operation = "oneshot")
@OperationsPerInvocation(OneshotSameTask.CHANNELS)
public class OneshotSameTask {
    static final int CHANNELS = 1_000;

    @Benchmark
    public void stackless(EdoBare edo) throws Exception {
        edo.runtime.blockOn(new Loop());
    }

    private static final class Loop implements Future<@Nullable Void> {
        private int next;
        private @Nullable OneshotReceiver<Integer> receiver;

        @Override
        public Poll<@Nullable Void> poll(Context cx) throws Exception {
            for (;;) {
                var current = receiver;
                if (current == null) {
                    if (next == CHANNELS) {
                        return Poll.ready();
                    }
                    var channel = Oneshot.<Integer>channel();
                    channel.sender().send(next);
                    current = channel.receiver();
                    receiver = current;
                }
                if (!(current.poll(cx) instanceof Poll.Ready<Integer>(var value))) {
                    return Poll.pending();
                }
                check(value, next++);
                receiver = null;
            }
        }
    }

    @Benchmark
    public void direct(EdoBare edo) throws Exception {
        edo.runtime.blockOn(() -> {
            for (int i = 0; i < CHANNELS; i++) {
                var channel = Oneshot.<Integer>channel();
                channel.sender().send(i);
                check(channel.receiver().await(), i);
            }
        });
    }

    @Benchmark
    public void virtualThreads() {
        for (int i = 0; i < CHANNELS; i++) {
            var oneshot = new CompletableFuture<Integer>();
            oneshot.complete(i);
            check(oneshot.join(), i);
        }
    }

    private static void check(int received, int sent) {
        if (received != sent) {
            throw new IllegalStateException("received=" + received + ", sent=" + sent);
        }
    }
}
