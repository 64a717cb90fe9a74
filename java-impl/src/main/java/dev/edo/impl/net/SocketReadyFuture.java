package dev.edo.impl.net;

import dev.edo.future.Context;
import dev.edo.future.IoFuture;
import dev.edo.future.Poll;
import dev.edo.impl.driver.io.Readiness;
import dev.edo.impl.driver.io.Registration;
import dev.edo.io.Interest;
import dev.edo.io.Ready;
import java.io.IOException;

/** Waits until a socket is ready; says for what. */
final class SocketReadyFuture implements IoFuture<Ready> {
    private final EventedSocket socket;
    private final Readiness readiness;
    private final int shown;

    SocketReadyFuture(EventedSocket socket, Interest interest) {
        this(socket, interest, Ready.ALL);
    }

    /**
     * A future that has not begun.
     *
     * @param shown what it may tell of
     */
    SocketReadyFuture(EventedSocket socket, Interest interest, Ready shown) {
        this.socket = socket;
        this.shown = shown.bits();
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
        return event == Registration.PENDING
                ? Poll.pending()
                : Poll.ready(Ready.ofBits((int) event & shown));
    }

    @Override
    public void cancel() {
        readiness.cancel();
    }
}
