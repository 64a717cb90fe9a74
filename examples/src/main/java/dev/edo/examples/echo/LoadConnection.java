package dev.edo.examples.echo;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.io.IoResult;
import dev.edo.net.TcpStream;
import dev.edo.time.Sleep;
import java.io.EOFException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * One connection of the load generator: sends a request, reads it back, checks it, until the run
 * ends. A stackless task, so that it costs less than the server it drives; a request allocates
 * nothing in a closed loop.
 *
 * <p><em>Closed loop:</em> the next request follows the last reply; its latency counts from its
 * sending.
 *
 * <p><em>Open loop:</em> requests are due at fixed times. Latency counts from then on, also where
 * the connection was still busy with the request before; otherwise a server that stalls would be
 * asked less, and look better, just when it is slow.
 */
final class LoadConnection implements Future<@Nullable Void> {
    private enum Next { SEND, WAIT, END }

    private final int index;
    private final TcpStream stream;
    private final EchoExchange exchange;
    private final Timetable timetable;
    private final LoadTallies tallies;

    private long requests;
    private long latencySinceNanos;
    private long sentNanos;
    private @Nullable Sleep pause;
    private boolean pausing;

    LoadConnection(int index, TcpStream stream, Payload payload, Timetable timetable, LoadTallies tallies) {
        this.index = index;
        this.stream = stream;
        this.timetable = timetable;
        this.tallies = tallies;
        exchange = new EchoExchange(payload, index);
    }

    @Override
    public Poll<@Nullable Void> poll(Context cx) throws IOException {
        var tally = tallies.ofThisThread();
        for (;;) {
            if (!exchange.isOpen()) {
                switch (next(cx, tally)) {
                    case SEND -> exchange.begin();
                    case WAIT -> {
                        return Poll.pending();
                    }
                    case END -> {
                        return Poll.ready();
                    }
                }
            }
            // Writing must not wait for the end of a large request: the server stops reading it while nobody
            // reads what it sends back.
            var unsent = exchange.unsent();
            boolean writeBlocked = unsent.hasRemaining() && stream.pollWrite(cx, unsent) == IoResult.PENDING;
            var reply = tally.buffer();
            int read = stream.pollRead(cx, reply);
            if (read == IoResult.PENDING) {
                if (writeBlocked || !unsent.hasRemaining()) {
                    return Poll.pending();
                }
            } else if (read < 0) {
                throw new EOFException("the server closed connection " + index);
            } else if (exchange.receive(reply.flip())) {
                countReply(tally);
            }
        }
    }

    @Override
    public void cancel() {
        if (pause != null) {
            pause.cancel();
        }
    }

    private Next next(Context cx, LoadTally tally) {
        long nowNanos = timetable.nowNanos();
        latencySinceNanos = timetable.isOpenLoop() ? timetable.dueNanos(index, requests) : nowNanos;
        if (latencySinceNanos >= timetable.endNanos()) {
            return Next.END;
        }
        if (pausing || nowNanos < latencySinceNanos) {
            if (!pause(cx, nowNanos)) {
                return Next.WAIT;
            }
            nowNanos = timetable.nowNanos();
            if (timetable.isMeasured(latencySinceNanos)) {
                tally.lag().record(nowNanos - latencySinceNanos);
            }
        }
        sentNanos = nowNanos;
        requests++;
        return Next.SEND;
    }

    /** {@return whether the time for the next request has come} */
    private boolean pause(Context cx, long nowNanos) {
        if (!pausing) {
            var due = timetable.instant(latencySinceNanos);
            if (pause == null) {
                pause = Sleep.until(due);
            } else {
                pause.reset(due);
            }
            pausing = true;
        }
        if (nowNanos < latencySinceNanos && !pause.poll(cx).isReady()) {
            return false;
        }
        pausing = false;
        return true;
    }

    private void countReply(LoadTally tally) {
        long nowNanos = timetable.nowNanos();
        boolean measured = timetable.isMeasured(nowNanos);
        tally.countReply(measured, exchange.isIntact());
        if (timetable.isOpenLoop() ? timetable.isMeasured(latencySinceNanos) : measured) {
            tally.latency().record(nowNanos - latencySinceNanos);
        }
    }

    /**
     * Whether a request was left without a reply, when the task has ended.
     *
     * @param nanos how long it must be waiting at least
     */
    boolean isUnanswered(long nanos) {
        return exchange.isOpen() && timetable.nowNanos() - sentNanos >= nanos;
    }

    /**
     * Counts the requests of an open loop that were due but have no reply, when the task has ended:
     * they took at least until now.
     *
     * @return how many
     */
    long countUnfinished(LoadTally tally) {
        if (!timetable.isOpenLoop()) {
            return 0;
        }
        long nowNanos = timetable.nowNanos();
        long endNanos = Math.min(nowNanos, timetable.endNanos());
        long first = exchange.isOpen() ? requests - 1 : requests;
        long request = first;
        for (long due; (due = timetable.dueNanos(index, request)) < endNanos; request++) {
            if (timetable.isMeasured(due)) {
                tally.latency().record(nowNanos - due);
            }
        }
        return request - first;
    }
}
