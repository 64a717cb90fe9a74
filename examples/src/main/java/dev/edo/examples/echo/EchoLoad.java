package dev.edo.examples.echo;

import static dev.edo.Edo.spawn;

import dev.edo.net.TcpStream;
import dev.edo.runtime.EdoRuntime;
import dev.edo.task.AbortHandle;
import dev.edo.task.JoinError;
import dev.edo.task.JoinHandle;
import dev.edo.time.Sleep;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The load generator: connects, runs a {@link LoadConnection} on each connection, and adds up the
 * results.
 */
final class EchoLoad implements AutoCloseable {
    /** So many connections are being established at a time. */
    private static final int CONNECTORS = 64;

    private final EchoOptions options;
    private final InetSocketAddress server;
    private final Duration grace;
    private final EdoRuntime runtime;
    private final LoadTallies tallies = new LoadTallies();

    /** What to abort at a stop. Guarded by itself. */
    private final List<AbortHandle> running = new ArrayList<>();

    /** Guarded by {@link #running}. */
    private boolean stopped;

    private long errors;
    private @Nullable String firstError;

    /**
     * Prepares a run.
     *
     * @param options how many connections, what they send and how long
     * @param server where to connect to
     * @param grace how long to wait for the last replies
     */
    EchoLoad(EchoOptions options, InetSocketAddress server, Duration grace) {
        this.options = options;
        this.server = server;
        this.grace = grace;
        runtime = EchoRuntimes.build(options, "echo-load");
    }

    /**
     * Runs to the end, on this thread; once.
     *
     * @param others counters to look at when this begins and ends to measure
     * @throws Exception when the runtime fails; what connections fail with is in the result
     */
    LoadResult run(List<MeasuredCounters> others) throws Exception {
        return runtime.blockOn(() -> drive(others));
    }

    /** Ends the run early; from any thread. */
    void stop() {
        synchronized (running) {
            stopped = true;
        }
        abortAll();
    }

    /** {@return how many replies came so far; from any thread} */
    long replies() {
        return tallies.sum(LoadTally::replies);
    }

    /** {@return how many of them were wrong; from any thread} */
    long mismatches() {
        return tallies.sum(LoadTally::mismatches);
    }

    @Override
    public void close() {
        runtime.close();
    }

    private LoadResult drive(List<MeasuredCounters> others) {
        var counters = new ArrayList<>(others);
        var own = new MeasuredCounters(() -> RuntimeCounters.of(runtime.metrics()));
        counters.add(own);

        var streams = connect();
        var payload = new Payload(options.payloadBytes());
        var timetable = new Timetable(options);
        var connections = new ArrayList<LoadConnection>();
        var handles = new ArrayList<JoinHandle<?>>();
        for (int i = 0; i < streams.size(); i++) {
            var connection = new LoadConnection(i, streams.get(i), payload, timetable, tallies);
            connections.add(connection);
            handles.add(started(spawn(connection)));
        }
        var clock = started(spawn(() -> keepTime(timetable, counters)));

        long unfinished = 0;
        for (int i = 0; i < connections.size(); i++) {
            boolean aborted = !join(handles.get(i));
            var connection = connections.get(i);
            if (aborted && !isStopped() && connection.isUnanswered(grace.toNanos())) {
                countError("no reply within " + grace.toMillis() + " ms on connection " + i);
            }
            unfinished += connection.countUnfinished(tallies.ofThisThread());
        }
        clock.abort();
        counters.forEach(MeasuredCounters::end);
        long endNanos = Math.min(timetable.nowNanos(), timetable.endNanos());
        streams.forEach(TcpStream::close);

        return new LoadResult(
                Duration.ofNanos(Math.max(0, endNanos - timetable.measureFromNanos())),
                tallies.sum(LoadTally::measuredReplies),
                tallies.merge(LoadTally::latency),
                tallies.merge(LoadTally::lag),
                mismatches(),
                errors,
                unfinished,
                firstError,
                own.result());
    }

    private List<TcpStream> connect() {
        var streams = Collections.synchronizedList(new ArrayList<TcpStream>());
        var left = new AtomicInteger(options.connections());
        var connectors = new ArrayList<JoinHandle<?>>();
        for (int i = 0; i < Math.min(CONNECTORS, options.connections()); i++) {
            connectors.add(started(spawn(() -> {
                while (left.getAndDecrement() > 0) {
                    var stream = TcpStream.connect(server).await();
                    streams.add(stream);
                    stream.setNodelay(true);
                }
            })));
        }
        connectors.forEach(this::join);
        return streams;
    }

    private void keepTime(Timetable timetable, List<MeasuredCounters> counters) {
        Sleep.until(timetable.instant(timetable.measureFromNanos())).await();
        counters.forEach(MeasuredCounters::begin);
        Sleep.until(timetable.instant(timetable.endNanos())).await();
        counters.forEach(MeasuredCounters::end);
        Sleep.until(timetable.instant(timetable.endNanos() + grace.toNanos())).await();
        abortAll();
    }

    private <H extends AbortHandle> H started(H handle) {
        synchronized (running) {
            running.add(handle);
        }
        if (isStopped()) {
            handle.abort();
        }
        return handle;
    }

    private boolean isStopped() {
        synchronized (running) {
            return stopped;
        }
    }

    private void abortAll() {
        List<AbortHandle> handles;
        synchronized (running) {
            handles = List.copyOf(running);
        }
        handles.forEach(AbortHandle::abort);
    }

    /** {@return whether the task ended by itself} */
    private boolean join(JoinHandle<?> handle) {
        try {
            handle.await();
        } catch (JoinError e) {
            if (e.isCancelled()) {
                return false;
            }
            countError(String.valueOf(e.getCause()));
        }
        return true;
    }

    private void countError(String what) {
        errors++;
        if (firstError == null) {
            firstError = what;
        }
    }
}
