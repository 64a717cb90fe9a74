package dev.edo.bench.task;

import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.runtime.EdoRuntime;
import dev.edo.sync.Mpsc;
import dev.edo.sync.MpscSender;
import dev.edo.sync.OneshotSender;
import org.jspecify.annotations.Nullable;

/** Starts the task that answers each request. */
final class Answering {
    private static final int CAPACITY = 10;

    private Answering() {}

    static MpscSender<OneshotSender<@Nullable Void>> polled(EdoRuntime runtime) {
        var channel = Mpsc.<OneshotSender<@Nullable Void>>bounded(CAPACITY);
        var receiver = channel.receiver();
        runtime.spawn((Future<@Nullable Void>) cx -> {
            while (receiver.pollRecv(cx) instanceof Poll.Ready<OneshotSender<Void>>(var reply)) {
                if (reply == null) {
                    return Poll.ready();
                }
                reply.send(null);
            }
            return Poll.pending();
        });
        return channel.sender();
    }

    static MpscSender<OneshotSender<@Nullable Void>> direct(EdoRuntime runtime) {
        var channel = Mpsc.<OneshotSender<@Nullable Void>>bounded(CAPACITY);
        var receiver = channel.receiver();
        runtime.spawn(() -> {
            var reply = receiver.recv().await();
            while (reply != null) {
                reply.send(null);
                reply = receiver.recv().await();
            }
        });
        return channel.sender();
    }
}
