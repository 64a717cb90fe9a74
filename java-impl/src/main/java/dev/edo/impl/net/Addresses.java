package dev.edo.impl.net;

import dev.edo.future.Context;
import dev.edo.future.IoFuture;
import dev.edo.future.Poll;
import dev.edo.runtime.Handle;
import dev.edo.task.JoinError;
import dev.edo.task.JoinHandle;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The addresses to try: those given, and those that names stand for. Names are looked up on the
 * blocking pool; without names it completes at once.
 */
final class Addresses implements IoFuture<List<InetSocketAddress>> {
    /** Resolved and unresolved ones. */
    private final List<InetSocketAddress> given;

    private @Nullable JoinHandle<List<InetSocketAddress>> lookup;
    private boolean done;

    private Addresses(List<InetSocketAddress> given) {
        this.given = given;
    }

    /**
     * The addresses of {@code host:port}.
     *
     * @throws IllegalArgumentException where it is none
     */
    static Addresses of(String hostPort) {
        var parsed = HostPort.parse(hostPort);
        var literal = parsed.literal();
        return new Addresses(List.of(literal != null ? literal
                : InetSocketAddress.createUnresolved(parsed.host(), parsed.port())));
    }

    /**
     * The addresses of these.
     *
     * @throws IllegalArgumentException where there are none
     */
    static Addresses of(List<InetSocketAddress> addresses) {
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("addresses=[]: expected at least one");
        }
        for (int i = 0; i < addresses.size(); i++) {
            if (addresses.get(i) == null) {
                throw new NullPointerException("addresses[" + i + "]=null; leave out what is no address");
            }
        }
        return new Addresses(List.copyOf(addresses));
    }

    /** Fails where a name is to be looked up first, which may take its time. */
    static void requireResolved(InetSocketAddress address) {
        if (address.isUnresolved()) {
            throw new IllegalArgumentException("address=" + address + " is not resolved; use Lookup.host(...)");
        }
    }

    @Override
    public Poll<List<InetSocketAddress>> poll(Context cx) throws IOException {
        if (done) {
            throw new IllegalStateException("this look-up has completed or was cancelled; make a new one");
        }
        if (given.stream().noneMatch(InetSocketAddress::isUnresolved)) {
            done = true;
            return Poll.ready(given);
        }
        var running = lookup;
        if (running == null) {
            running = Handle.current().spawnBlocking(() -> lookUp(given));
            lookup = running;
        }
        try {
            var found = running.poll(cx);
            done = found.isReady();
            return found;
        } catch (JoinError e) {
            done = true;
            throw failure(e);
        }
    }

    private IOException failure(JoinError e) {
        return switch (e.getCause()) {
            case IOException unknown -> unknown;
            case RuntimeException bug -> throw bug;
            case Error error -> throw error;
            case null, default -> new IOException("look-up of " + given + " failed: " + e.getMessage(), e);
        };
    }

    private static List<InetSocketAddress> lookUp(List<InetSocketAddress> given) throws IOException {
        var found = new ArrayList<InetSocketAddress>();
        for (var address : given) {
            if (address.isUnresolved()) {
                found.addAll(new HostPort(address.getHostString(), address.getPort()).lookUp());
            } else {
                found.add(address);
            }
        }
        return List.copyOf(found);
    }

    @Override
    public void cancel() {
        done = true;
        var running = lookup;
        lookup = null;
        if (running != null) {
            running.cancel();
            running.abort();
        }
    }
}
