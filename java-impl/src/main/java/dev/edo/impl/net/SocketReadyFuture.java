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

    SocketReadyFuture(EventedSocket socket, Interest interest) {
        this.socket = socket;
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
                : Poll.ready(Ready.ofBits((int) event & Ready.ALL.bits()));
    }

    @Override
    public void cancel() {
        readiness.cancel();
    }
}
