package dev.edo.impl.net;

import dev.edo.future.Context;
import dev.edo.future.IoFuture;
import dev.edo.future.Poll;
import dev.edo.impl.driver.io.Readiness;
import dev.edo.impl.driver.io.Registration;
import dev.edo.io.Interest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Waits for a connection; several tasks may wait on one listener.
 *
 * @param <S> the type of the streams
 */
final class AcceptFuture<S> implements IoFuture<S> {
    private final SocketListener<?, S> listener;
    private final EventedSocket socket;
    private @Nullable Readiness readiness;
    private boolean done;

    AcceptFuture(SocketListener<?, S> listener, EventedSocket socket) {
        this.listener = listener;
        this.socket = socket;
    }

    @Override
    public Poll<S> poll(Context cx) throws IOException {
        if (done) {
            throw new IllegalStateException("this accept has completed or was cancelled; make a new one");
        }
        try {
            while (true) {
                var waiting = readiness == null ? socket.readiness(Interest.READABLE) : readiness;
                readiness = waiting;
                long event = waiting.pollEvent(cx);
                if (event == Registration.PENDING) {
                    return Poll.pending();
                }
                readiness = null;
                var stream = listener.take(event);
                if (stream != null) {
                    done = true;
                    return Poll.ready(stream);
                }
            }
        } catch (IOException e) {
            done = true;
            throw socket.gone(e);
        } catch (RuntimeException | Error e) {
            done = true;
            throw e;
        }
    }

    @Override
    public void cancel() {
        done = true;
        if (readiness != null) {
            readiness.cancel();
        }
    }
}
