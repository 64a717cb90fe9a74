package dev.edo.impl.net;

import dev.edo.impl.libc.SystemError;
import dev.edo.impl.libc.UnixCalls;
import dev.edo.net.UnixSocketAddress;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/** The owner of one descriptor of a Unix domain socket of datagrams. */
final class UnixNativeDatagrams extends NativeDatagramSocket<UnixSocketAddress> {
    /** For messages: what this is, and where it is connected or bound to. */
    private volatile String what = "Unix datagram socket";

    private UnixNativeDatagrams(int fd) {
        super(fd);
    }

    static UnixNativeDatagrams make() throws IOException {
        return UnixNames.make(true, UnixNativeDatagrams::new);
    }

    static UnixNames.Pair<UnixNativeDatagrams> pair() throws IOException {
        return UnixNames.pair(true, UnixNativeDatagrams::new);
    }

    void bindTo(UnixSocketAddress address) throws IOException {
        UnixNames.bind(this, address);
        what = "Unix datagram socket at " + address;
    }

    void connectTo(UnixSocketAddress address) throws IOException {
        UnixNames.connect(this, address);
    }

    void shutdownInput() throws IOException {
        call("shut down reading of " + this, s -> {
            s.shutdown(true, false);
            return true;
        });
    }

    void shutdownOutput() throws IOException {
        call("shut down writing of " + this, s -> {
            s.shutdown(false, true);
            return true;
        });
    }

    // ---- addresses ----

    @Override
    int name(UnixSocketAddress target, Scratch scratch) throws IOException {
        byte[] encoded = UnixAddresses.encode(target);
        MemorySegment.copy(encoded, 0, scratch.name, ValueLayout.JAVA_BYTE, 0, encoded.length);
        return encoded.length;
    }

    @Override
    UnixSocketAddress sender(Scratch scratch) throws IOException {
        int length = Math.min(scratch.nameLength.get(ValueLayout.JAVA_INT, 0), UnixAddresses.BYTES);
        var address = new byte[length];
        MemorySegment.copy(scratch.name, ValueLayout.JAVA_BYTE, 0, address, 0, length);
        return UnixAddresses.decode(address, length);
    }

    @Override
    boolean exceedsScratch() {
        return true;
    }

    /** Where to send to a given address fails although there is room here, it is the receiver that has none. */
    @Override
    boolean isFull(@Nullable UnixSocketAddress target) {
        return target == null || !UnixCalls.isWritable(intValue());
    }

    @Override
    IOException failure(String operation, int errno) {
        return SystemError.ofUnixDatagram(operation, errno);
    }

    @Override
    String other() {
        return toString();
    }

    @Override
    public String toString() {
        return what + " (fd=" + intValue() + ")";
    }
}
