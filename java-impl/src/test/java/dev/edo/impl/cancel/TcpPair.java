package dev.edo.impl.cancel;

import dev.edo.future.Poll;
import dev.edo.impl.contract.Eventually;
import dev.edo.net.TcpListener;
import dev.edo.net.TcpStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;

/**
 * A stream of the runtime, and its peer.
 *
 * @param stream the stream
 * @param peer a blocking socket
 */
record TcpPair(TcpStream stream, Socket peer) implements AutoCloseable {
    static final int BLOCK_BYTES = 64 * 1024;

    static TcpListener listen(RuntimeWorld world) throws Exception {
        return world.inWorking(() -> TcpListener.bind("127.0.0.1:0").await());
    }

    static Socket connectTo(TcpListener listener) throws Exception {
        return new Socket(InetAddress.getLoopbackAddress(), listener.localAddress().getPort());
    }

    static TcpPair connect(RuntimeWorld world) throws Exception {
        try (var listener = listen(world)) {
            var peer = connectTo(listener);
            var stream = world.inWorking(() -> Eventually.returns("accept", () -> listener.accept().await()));
            return new TcpPair(stream, peer);
        }
    }

    /** Writes until there is no room; returns how many bytes. */
    long fill() throws Exception {
        var block = ByteBuffer.allocateDirect(BLOCK_BYTES);
        long total = 0;
        var cx = new CountingContext();
        while (true) {
            var write = stream.write(block.clear());
            if (!(cx.poll(write) instanceof Poll.Ready<Integer>(Integer n))) {
                write.cancel();
                return total;
            }
            total += n;
        }
    }

    /** Lets the peer read so much that there is room. */
    long drain(long bytes) throws Exception {
        return peer.getInputStream().readNBytes((int) bytes).length;
    }

    @Override
    public void close() throws IOException {
        stream.close();
        peer.close();
    }
}
