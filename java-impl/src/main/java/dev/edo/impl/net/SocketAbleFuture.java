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

    SocketAbleFuture(EventedSocket socket, Interest interest) {
        this.socket = socket;
        readiness = socket.readiness(interest);
    }

    @Override
    public Poll<@Nullable Void> poll(Context cx) throws IOException {
        try {
            return readiness.pollEvent(cx) == Registration.PENDING ? Poll.pending() : Poll.ready();
        } catch (IOException e) {
            throw socket.gone(e);
        }
    }

    @Override
    public void cancel() {
        readiness.cancel();
    }
}
