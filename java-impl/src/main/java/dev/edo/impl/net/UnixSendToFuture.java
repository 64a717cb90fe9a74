package dev.edo.impl.net;

import dev.edo.future.Context;
import dev.edo.future.IoFuture;
import dev.edo.future.Poll;
import dev.edo.impl.driver.io.IoDriver;
import dev.edo.impl.driver.io.Readiness;
import dev.edo.impl.driver.io.Registration;
import dev.edo.internal.SpentFuture;
import dev.edo.io.Interest;
import dev.edo.io.IoResult;
import dev.edo.net.UnixSocketAddress;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Sends a datagram to an address, and waits for room here, or else there. */
final class UnixSendToFuture implements IoFuture<Integer> {
    private static final Interest WRITE = Interest.WRITABLE.add(Interest.ERROR);

    private final EventedDatagrams<UnixSocketAddress> io;
    private final IoDriver driver;
    private final ByteBuffer src;
    private final UnixSocketAddress target;
    private @Nullable Readiness here;
    private @Nullable UnixRoom there;
    private boolean done;

    UnixSendToFuture(
            EventedDatagrams<UnixSocketAddress> io, IoDriver driver, ByteBuffer src, UnixSocketAddress target) {
        this.io = io;
        this.driver = driver;
        this.src = src;
        this.target = target;
    }

    @Override
    public Poll<Integer> poll(Context cx) throws IOException {
        if (done) {
            throw SpentFuture.polledAgain();
        }
        try {
            while (true) {
                var room = there;
                if (room != null) {
                    if (!isRoom(room, cx)) {
                        return Poll.pending();
                    }
                    there = null;
                    room.close();
                }
                var waiter = here == null ? io.evented().readiness(WRITE) : here;
                here = waiter;
                long event = waiter.pollEvent(cx);
                if (event == Registration.PENDING) {
                    return Poll.pending();
                }
                here = null;
                int n = io.send(event, src, target);
                if (n != IoResult.WOULD_BLOCK) {
                    done = true;
                    return Poll.ready(n);
                }
                if (io.evented().tryWriteReady() != Registration.PENDING) {
                    there = UnixRoom.at(target, driver);
                }
            }
        } catch (IOException e) {
            cancel();
            throw io.evented().gone(e);
        } catch (RuntimeException | Error e) {
            cancel();
            throw e;
        }
    }

    /** Whether another try is worth it; this socket has room all the time, but may fail or be closed. */
    private boolean isRoom(UnixRoom room, Context cx) throws IOException {
        var waiter = here == null ? io.evented().readiness(Interest.ERROR) : here;
        here = waiter;
        if (waiter.pollEvent(cx) == Registration.PENDING) {
            if (!room.poll(cx)) {
                return false;
            }
            waiter.cancel();
        }
        here = null;
        return true;
    }

    @Override
    public void cancel() {
        done = true;
        var waiter = here;
        here = null;
        if (waiter != null) {
            waiter.cancel();
        }
        var room = there;
        there = null;
        if (room != null) {
            room.close();
        }
    }
}
