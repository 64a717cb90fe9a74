package dev.edo.bench.task;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.sync.MpscSender;
import dev.edo.sync.Oneshot;
import dev.edo.sync.OneshotReceiver;
import dev.edo.sync.OneshotSender;
import org.jspecify.annotations.Nullable;

/** Sends requests, one at a time, and waits for the answer to each. */
final class Asking implements Future<@Nullable Void> {
    static final int TRIPS = 1_000;

    private final MpscSender<OneshotSender<@Nullable Void>> requests;
    private int left = TRIPS;
    private @Nullable Future<@Nullable Void> sending;
    private @Nullable OneshotReceiver<@Nullable Void> reply;

    Asking(MpscSender<OneshotSender<@Nullable Void>> requests) {
        this.requests = requests;
    }

    /** The same in direct style. */
    static void directly(MpscSender<OneshotSender<@Nullable Void>> requests) throws Exception {
        for (int i = 0; i < TRIPS; i++) {
            var channel = Oneshot.<@Nullable Void>channel();
            requests.send(channel.sender()).await();
            channel.receiver().await();
        }
    }

    @Override
    public Poll<@Nullable Void> poll(Context cx) throws Exception {
        for (;;) {
            var waiting = reply;
            if (waiting == null) {
                if (left-- == 0) {
                    return Poll.ready();
                }
                var channel = Oneshot.<@Nullable Void>channel();
                waiting = channel.receiver();
                reply = waiting;
                sending = requests.send(channel.sender());
            }
            if (sending != null) {
                if (!sending.poll(cx).isReady()) {
                    return Poll.pending();
                }
                sending = null;
            }
            if (!waiting.poll(cx).isReady()) {
                return Poll.pending();
            }
            reply = null;
        }
    }
}
