package dev.edo.impl.net;

import dev.edo.future.Context;
import dev.edo.future.IoFuture;
import dev.edo.future.Poll;
import dev.edo.impl.driver.io.Readiness;
import dev.edo.impl.driver.io.Registration;
import dev.edo.io.Interest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Waits until a socket is ready in one direction. */
final class SocketAbleFuture implements IoFuture<@Nullable Void> {
    private final EventedSocket socket;
    private final Readiness readiness;

    /** Where this waits in a half, and in which one. */
    private final @Nullable SplitState split;

    private final int half;

    SocketAbleFuture(EventedSocket socket, Interest interest) {
        this(socket, interest, null, 0);
    }

    SocketAbleFuture(EventedSocket socket, Interest interest, @Nullable SplitState split, int half) {
        this.socket = socket;
        this.split = split;
        this.half = half;
        readiness = socket.readiness(interest);
    }

    @Override
    public Poll<@Nullable Void> poll(Context cx) throws IOException {
        long event;
        try {
            event = readiness.pollEvent(cx);
        } catch (IOException e) {
            throw socket.gone(e);
        }
        if (event == Registration.PENDING) {
            waiting();
            return Poll.pending();
        }
        return Poll.ready();
    }

    /** Who begins to wait in a half too late to be woken when that is closed finds it closed. */
    private void waiting() throws IOException {
        if (split != null) {
            try {
                split.check(half);
            } catch (IOException | RuntimeException e) {
                readiness.cancel();
                throw e;
            }
        }
    }

    @Override
    public void cancel() {
        readiness.cancel();
    }
}
