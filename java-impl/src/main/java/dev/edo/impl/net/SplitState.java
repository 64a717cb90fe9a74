package dev.edo.impl.net;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What the halves of a stream share. Bits are only ever added; whoever adds the last one of
 * {@link #BOTH} closes the socket.
 *
 * <pre>
 *   | reunited | write half closed | read half closed |
 *   |    2     |         1         |         0        |
 * </pre>
 */
final class SplitState {
    static final int READ = 1;
    static final int WRITE = 1 << 1;
    private static final int BOTH = READ | WRITE;
    private static final int REUNITED = 1 << 2;

    private final EventedSocket socket;
    private final AtomicInteger state = new AtomicInteger();

    SplitState(EventedSocket socket) {
        this.socket = socket;
    }

    /** {@return the socket, for an operation of this half} */
    EventedSocket open(int half) throws IOException {
        if (state.get() != 0) {
            check(half);
        }
        return socket;
    }

    /** {@return the socket, whatever became of the halves} */
    EventedSocket socket() {
        return socket;
    }

    /** {@return the socket, for what cannot fail with an I/O error} */
    EventedSocket unchecked() {
        if ((state.get() & REUNITED) != 0) {
            throw reunited();
        }
        return socket;
    }

    /** Fails when this half is closed. */
    void check(int half) throws IOException {
        int current = state.get();
        if ((current & REUNITED) != 0) {
            throw reunited();
        }
        if ((current & half) != 0) {
            String name = half == READ ? "reading" : "writing";
            throw new ClosedSocketException("the " + name + " half of " + socket.socket() + " is closed");
        }
    }

    private static IllegalStateException reunited() {
        return new IllegalStateException("this half was put together with the other one; use the stream");
    }

    /** Closes a half: wakes who waits in it; of the writing one the other end is told. */
    void close(int half) {
        if (begin(half)) {
            shutDown(half);
            finish(half);
        }
    }

    /** Closes a half, which the other end is not told. */
    void forget(int half) {
        if (begin(half)) {
            finish(half);
        }
    }

    /** {@return whether this call closed the half} */
    private boolean begin(int half) {
        while (true) {
            int current = state.get();
            if ((current & (half | REUNITED)) != 0) {
                return false;
            }
            if (state.compareAndSet(current, current | half)) {
                return true;
            }
        }
    }

    private void shutDown(int half) {
        try {
            if (half == READ) {
                socket.socket().giveUpReading();
            } else {
                socket.socket().shutdownWrite();
            }
        } catch (IOException e) {
            // Closing cannot fail: where the other half has closed the socket meanwhile, all is done.
            System.getLogger(SplitState.class.getName()).log(System.Logger.Level.DEBUG, e.getMessage());
        }
    }

    /** Closes the socket if the other half is closed, too. Otherwise no event of the kernel may come of this. */
    private void finish(int half) {
        if ((state.get() & BOTH) == BOTH) {
            socket.close();
        } else if (half == READ) {
            socket.wakeReaders();
        } else {
            socket.wakeWriters();
        }
    }

    /** {@return the socket, which is no longer of the halves} */
    EventedSocket reunite() {
        if (!state.compareAndSet(0, REUNITED)) {
            throw new IllegalStateException((state.get() & REUNITED) != 0
                    ? "these halves were put together before"
                    : "a half that is closed cannot be put together again");
        }
        return socket;
    }

    @Override
    public String toString() {
        return socket.socket().toString();
    }
}
