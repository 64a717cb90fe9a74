package dev.edo.impl.cancel;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.edo.future.Future;
import dev.edo.impl.contract.Eventually;
import dev.edo.net.Lookup;
import dev.edo.net.TcpListener;
import dev.edo.net.TcpSocket;
import dev.edo.net.TcpStream;
import dev.edo.stream.Stream;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** What makes sockets: given up it leaves neither a slot nor a descriptor behind. */
final class ConnectCatalogue extends Catalogue {
    private final RuntimeWorld world;

    ConnectCatalogue(RuntimeWorld world) {
        this.world = world;
        connects();
        binds();
        accepts();
        add("Lookup.host(String)", () -> Scenario.of(world.polledInWorking(Lookup.host("localhost:80")))
                .wakesByItself()
                .mayEndByItself()
                .wokenBy(() -> {})
                .losesNothing(outcome -> expect("found", outcome.completed(), outcome.value() instanceof List<?>)));
    }

    /** Begins a connection. */
    @FunctionalInterface
    private interface Connect {
        Future<TcpStream> to(InetSocketAddress address) throws Exception;
    }

    private void connects() {
        connect("TcpStream.connect(InetSocketAddress)", TcpStream::connect);
        connect("TcpStream.connect(List)", address -> TcpStream.connect(List.of(address)));
        connect("TcpStream.connect(String)", address -> TcpStream.connect("127.0.0.1:" + address.getPort()));
        connect("TcpStream.connect(String): by name", address -> TcpStream.connect("localhost:" + address.getPort()));
        connect("TcpSocket.connect(InetSocketAddress)", address -> TcpSocket.newV4().connect(address));
    }

    /** It is the kernel that connects, whenever it likes. */
    private void connect(String method, Connect connect) {
        add(method, () -> {
            var listener = TcpPair.listen(world);
            long descriptors = openDescriptors();
            var future = connect.to(listener.localAddress());
            return Scenario.of(world.polledInWorking(future))
                    .wakesByItself()
                    .mayEndByItself()
                    .wokenBy(() -> {})
                    .losesNothing(outcome -> {
                        expect("connected", outcome.completed(), outcome.value() instanceof TcpStream);
                        outcome.closeValue();
                        expectDescriptors(descriptors);
                    })
                    .finallyDo(() -> {
                        listener.close();
                        world.expectNoSlotsInUse();
                    });
        });
    }

    static long openDescriptors() {
        return ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getOpenFileDescriptorCount();
    }

    private void expectDescriptors(long before) throws Exception {
        expectDescriptors(world, before);
    }

    /** Waits until there are no more than there were, when the one worker has done what was queued. */
    static void expectDescriptors(RuntimeWorld world, long before) throws Exception {
        Eventually.until(() -> "descriptors: " + before + " before, " + openDescriptors() + " now", () -> {
            world.settle();
            return openDescriptors() <= before;
        });
    }

    private void binds() {
        bind("TcpListener.bind(String)", false, () -> TcpListener.bind("127.0.0.1:0"));
        bind("TcpListener.bind(String): by name", true, () -> TcpListener.bind("localhost:0"));
        bind("TcpListener.bind(InetSocketAddress)", false,
                () -> TcpListener.bind(new InetSocketAddress("127.0.0.1", 0)));
        bind("TcpListener.bind(List)", false,
                () -> TcpListener.bind(List.of(new InetSocketAddress("127.0.0.1", 0))));
    }

    /** Only the look-up of a name waits. */
    private void bind(String method, boolean waits, Callable<Future<TcpListener>> bind) {
        add(method, () -> {
            long descriptors = openDescriptors();
            var scenario = Scenario.of(world.polledInWorking(bind.call()))
                    .wakesByItself()
                    .mayEndByItself()
                    .losesNothing(outcome -> {
                        outcome.closeValue();
                        expectDescriptors(descriptors);
                    })
                    .finallyDo(world::expectNoSlotsInUse);
            return waits ? scenario.wokenBy(() -> {}) : scenario;
        });
    }

    private void accepts() {
        add("TcpListener.pollAccept(Context)", () -> {
            var listener = TcpPair.listen(world);
            var accept = Polled.<TcpStream>of(listener::pollAccept, waker -> {});
            return accepting(listener, accept).leavesItsWaker();
        });
        add("TcpListener.incoming()", () -> {
            var listener = TcpPair.listen(world);
            return accepting(listener, Polled.ending(listener.incoming()));
        });
        add("Stream.from(TcpListener)", () -> {
            var listener = TcpPair.listen(world);
            var streams = Stream.from(listener);
            return accepting(listener, Polled.ending(streams));
        });
    }

    private Scenario accepting(TcpListener listener, Future<?> accept) {
        var peer = new @Nullable Socket[1];
        return Scenario.of(accept)
                .wokenBy(() -> peer[0] = TcpPair.connectTo(listener))
                .losesNothing(outcome -> {
                    outcome.closeValue();
                    if (outcome.provoked() > outcome.one()) {
                        soon("the connection", listener.accept()).close();
                    }
                    notNow("a connection", listener.accept());
                })
                .finallyDo(() -> {
                    listener.close();
                    if (peer[0] != null) {
                        peer[0].close();
                    }
                    world.expectNoSlotsInUse();
                });
    }
}
