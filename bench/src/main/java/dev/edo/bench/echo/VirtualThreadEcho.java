package dev.edo.bench.echo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Echo on virtual threads: one thread and one buffer of 4 KiB for each connection. */
final class VirtualThreadEcho {
    private static final int BACKLOG = 1024;
    private static final int BUFFER_BYTES = 4096;

    private VirtualThreadEcho() {}

    static void start(int port) throws IOException {
        var listener = new ServerSocket(port, BACKLOG, InetAddress.getLoopbackAddress());
        Thread.startVirtualThread(() -> {
            try {
                for (;;) {
                    var socket = listener.accept();
                    Thread.startVirtualThread(() -> serve(socket));
                }
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    private static void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            var in = socket.getInputStream();
            var out = socket.getOutputStream();
            var buffer = new byte[BUFFER_BYTES];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                out.write(buffer, 0, count);
            }
        } catch (IOException e) {
            // the other side has gone
        }
    }
}
