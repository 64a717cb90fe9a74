package dev.edo.impl.net;

import dev.edo.future.Context;
import dev.edo.future.IoFuture;
import dev.edo.future.Poll;
import dev.edo.impl.driver.io.Readiness;
import dev.edo.impl.driver.io.Registration;
import dev.edo.io.Interest;
import dev.edo.io.Ready;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Waits until a socket is ready; says for what. */
final class SocketReadyFuture implements IoFuture<Ready> {
    private final EventedSocket socket;
    private final Readiness readiness;
    private final int shown;

    /** Where this waits in a half, and in which one. */
    private final @Nullable SplitState split;

    private final int half;

    SocketReadyFuture(EventedSocket socket, Interest interest) {
        this(socket, interest, Ready.ALL, null, 0);
    }

    /**
     * A future that has not begun.
     *
     * @param shown what it may tell of
     */
    SocketReadyFuture(EventedSocket socket, Interest interest, Ready shown) {
        this(socket, interest, shown, null, 0);
    }

    /** A wait in a half of a stream. */
    SocketReadyFuture(EventedSocket socket, Interest interest, @Nullable SplitState split, int half) {
        this(socket, interest, Ready.ALL, split, half);
    }

    private SocketReadyFuture(
            EventedSocket socket, Interest interest, Ready shown, @Nullable SplitState split, int half) {
        this.socket = socket;
        this.shown = shown.bits();
        this.split = split;
        this.half = half;
        readiness = socket.readiness(interest);
    }

    @Override
    public Poll<Ready> poll(Context cx) throws IOException {
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
        return Poll.ready(Ready.ofBits((int) event & shown));
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
