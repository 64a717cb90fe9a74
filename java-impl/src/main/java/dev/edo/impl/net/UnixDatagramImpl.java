package dev.edo.impl.net;

import dev.edo.future.Context;
import dev.edo.future.IoFuture;
import dev.edo.future.Waker;
import dev.edo.impl.driver.io.IoDriver;
import dev.edo.impl.driver.io.Registration;
import dev.edo.impl.runtime.RuntimeHandle;
import dev.edo.io.Interest;
import dev.edo.io.IoResult;
import dev.edo.io.Ready;
import dev.edo.net.UnixDatagram;
import dev.edo.net.UnixDatagramPair;
import dev.edo.net.UnixSocketAddress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A view of its evented socket. */
final class UnixDatagramImpl extends SocketDatagrams<UnixSocketAddress> implements UnixDatagram {
    private final UnixNativeDatagrams socket;
    private final IoDriver driver;

    /** What the task that polls {@code pollSendTo} waits for: each receiver that has no room. */
    private final AtomicReference<List<UnixRoom>> awaited = new AtomicReference<>(List.of());

    /** Registers a socket, or closes it. */
    UnixDatagramImpl(UnixNativeDatagrams socket, IoDriver driver) throws IOException {
        super(EventedDatagrams.register(socket, driver));
        this.socket = socket;
        this.driver = driver;
    }

    static UnixDatagram bind(UnixSocketAddress address) throws IOException {
        var driver = RuntimeHandle.current().io();
        var socket = UnixNativeDatagrams.make();
        try {
            socket.bindTo(address);
        } catch (IOException | RuntimeException | Error e) {
            socket.close();
            throw e;
        }
        return new UnixDatagramImpl(socket, driver);
    }

    static UnixDatagram unbound() throws IOException {
        var driver = RuntimeHandle.current().io();
        return new UnixDatagramImpl(UnixNativeDatagrams.make(), driver);
    }

    static UnixDatagramPair pair() throws IOException {
        var driver = RuntimeHandle.current().io();
        var sockets = UnixNativeDatagrams.pair();
        UnixDatagramImpl first;
        try {
            first = new UnixDatagramImpl(sockets.first(), driver);
        } catch (IOException | RuntimeException | Error e) {
            sockets.second().close();
            throw e;
        }
        try {
            return new UnixDatagramPair(first, new UnixDatagramImpl(sockets.second(), driver));
        } catch (IOException | RuntimeException | Error e) {
            first.close();
            throw e;
        }
    }

    private UnixNativeDatagrams raw() {
        return socket;
    }

    @Override
    public void connect(UnixSocketAddress address) throws IOException {
        raw().connectTo(UnixNames.named(address));
    }

    @Override
    public IoFuture<Ready> ready(Interest interest) {
        return new SocketReadyFuture(io.evented(), interest);
    }

    @Override
    public IoFuture<@Nullable Void> readable() {
        return new SocketAbleFuture(io.evented(), Interest.READABLE);
    }

    @Override
    public IoFuture<@Nullable Void> writable() {
        return new SocketAbleFuture(io.evented(), Interest.WRITABLE);
    }

    // ---- sending ----

    @Override
    public IoFuture<Integer> sendTo(ByteBuffer src, UnixSocketAddress target) {
        return new UnixSendToFuture(io, driver, Objects.requireNonNull(src, "src"), UnixNames.named(target));
    }

    @Override
    public int pollSendTo(Context cx, ByteBuffer src, UnixSocketAddress target) throws IOException {
        UnixNames.named(target);
        while (true) {
            var room = awaitedAt(target);
            if (room != null) {
                if (!isRoom(room, cx)) {
                    return IoResult.PENDING;
                }
                keep(null, other -> other != room);
            }
            long event = io.evented().pollWriteReady(cx);
            if (event == Registration.PENDING) {
                return IoResult.PENDING;
            }
            int n = io.send(event, src, target);
            if (n != IoResult.WOULD_BLOCK) {
                return n;
            }
            if (io.evented().tryWriteReady() != Registration.PENDING) {
                await(UnixRoom.at(target, driver), cx.waker());
            }
        }
    }

    /** Whether another try is worth it; so it is where another task has put its own wait in the place of this one. */
    private boolean isRoom(UnixRoom room, Context cx) throws IOException {
        try {
            return room.poll(cx);
        } catch (ClosedChannelException e) {
            return true; // where it is the socket that was closed, the try says so
        } catch (IOException e) {
            throw io.evented().gone(e);
        }
    }

    private @Nullable UnixRoom awaitedAt(UnixSocketAddress target) {
        for (var room : awaited.get()) {
            if (room.target.equals(target)) {
                return room;
            }
        }
        return null;
    }

    /**
     * Waits for one receiver more. Of the others those stay that the same task waits for; another task, in the place of
     * which it does so, is not woken: two tasks would wake each other for ever. Who closes this meanwhile closes that
     * as well.
     */
    private void await(@Nullable UnixRoom room, Waker waker) {
        if (room != null) {
            keep(room, other -> other.isAwaitedBy(waker) && !other.target.equals(room.target));
            if (raw().isClosed()) {
                room.close();
            }
        }
    }

    /** Ends the waits that are not to be kept, and adds one, if any. */
    private void keep(@Nullable UnixRoom added, Predicate<UnixRoom> kept) {
        List<UnixRoom> before;
        var after = new ArrayList<UnixRoom>();
        do {
            before = awaited.get();
            after.clear();
            for (var room : before) {
                if (kept.test(room)) {
                    after.add(room);
                }
            }
            if (added != null) {
                after.add(added);
            }
        } while (!awaited.compareAndSet(before, List.copyOf(after)));
        for (var room : before) {
            if (!after.contains(room)) {
                room.giveUp();
            }
        }
    }

    @Override
    public int trySendTo(ByteBuffer src, UnixSocketAddress target) throws IOException {
        return io.trySend(src, UnixNames.named(target));
    }

    // ---- the socket ----

    @Override
    public void cancelSend(Waker waker) {
        super.cancelSend(waker);
        for (var room : awaited.get()) {
            room.cancel(waker);
        }
    }

    @Override
    public void shutdownInput() throws IOException {
        raw().shutdownInput();
    }

    @Override
    public void shutdownOutput() throws IOException {
        raw().shutdownOutput();
    }

    @Override
    public UnixSocketAddress localAddress() throws IOException {
        return UnixNames.local(raw());
    }

    @Override
    public UnixSocketAddress peerAddress() throws IOException {
        return UnixNames.peer(raw());
    }

    @Override
    public void close() {
        super.close();
        for (var room : awaited.getAndSet(List.of())) {
            room.close();
        }
    }

    @Override
    public String toString() {
        return "UnixDatagram[" + raw() + "]";
    }
}
