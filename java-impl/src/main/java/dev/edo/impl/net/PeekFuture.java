package dev.edo.impl.net;

import dev.edo.future.Context;
import dev.edo.future.IoFuture;
import dev.edo.future.Poll;
import dev.edo.impl.driver.io.Readiness;
import dev.edo.impl.driver.io.Registration;
import dev.edo.io.Interest;
import dev.edo.io.IoResult;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Reads without taking; several tasks may wait for that at once. */
final class PeekFuture implements IoFuture<Integer> {
    private final EventedSocket socket;
    private final ByteBuffer dst;

    /** Where this reads from a half. */
    private final @Nullable SplitState split;

    private @Nullable Readiness readiness;
    private boolean done;

    PeekFuture(EventedSocket socket, ByteBuffer dst, @Nullable SplitState split) {
        this.socket = socket;
        this.dst = dst;
        this.split = split;
    }

    @Override
    public Poll<Integer> poll(Context cx) throws IOException {
        if (done) {
            throw new IllegalStateException("this peek has completed or was cancelled; make a new one");
        }
        if (!dst.hasRemaining()) {
            done = true;
            return Poll.ready(0);
        }
        try {
            while (true) {
                var waiting = readiness == null
                        ? socket.readiness(Interest.READABLE.add(Interest.ERROR))
                        : readiness;
                readiness = waiting;
                long event = waiting.pollEvent(cx);
                if (event == Registration.PENDING) {
                    return Poll.pending();
                }
                readiness = null;
                if (split != null) {
                    split.check(SplitState.READ); // what is left in the socket is not for a closed half
                }
                int n = socket.peek(event, dst);
                if (n == IoResult.END_OF_STREAM && split != null) {
                    split.check(SplitState.READ);
                }
                if (n != IoResult.WOULD_BLOCK) {
                    done = true;
                    return Poll.ready(n);
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
