package dev.edo.bench.channel;

import org.jspecify.annotations.Nullable;

/** What a receiver does for each message: some arithmetic, whose result stays in the heap. */
final class ReceiverWork {
    private long state;
    @SuppressWarnings("unused") // so that the message is needed
    private @Nullable Object message;

    ReceiverWork(int receiver) {
        state = receiver + 1;
    }

    void accept(Object received) {
        message = received;
        long x = state;
        for (int i = 0; i < 32; i++) {
            x ^= x << 13;
            x ^= x >>> 7;
            x ^= x << 17;
        }
        state = x;
    }
}
