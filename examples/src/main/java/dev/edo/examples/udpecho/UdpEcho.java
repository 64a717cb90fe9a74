package dev.edo.examples.udpecho;

import dev.edo.Edo;
import dev.edo.examples.Program;
import dev.edo.net.UdpSocket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.Map;

/**
 * Sends each datagram back to where it came from: {@code nc -u 127.0.0.1 7007}. One socket serves all clients; there
 * are no connections to accept.
 */
public final class UdpEcho {
    private static final String HELP = """
            usage: examples/run udp-echo [--serve HOST:PORT]

              --serve HOST:PORT  where to receive  (default 127.0.0.1:7007)
            """;

    /** More than any datagram holds: a shorter buffer would cut it. */
    private static final int LARGEST_DATAGRAM = 64 * 1024;

    private UdpEcho() {}

    /**
     * Runs the program.
     *
     * @param arguments {@code --serve HOST:PORT}
     * @throws Exception when it cannot run
     */
    public static void main(String[] arguments) throws Exception {
        Program.run(HELP, Map.of("--serve", "127.0.0.1:7007"), arguments, given -> Edo.run(() -> {
            try (var socket = UdpSocket.bind(given.text("--serve")).await()) {
                var address = socket.localAddress();
                System.out.println("udp-echo receives at " + address.getAddress().getHostAddress() + ":"
                        + address.getPort() + "; Ctrl-C ends");
                echo(socket);
            }
        }));
    }

    /** Serves until the task is aborted or the socket closed. */
    static void echo(UdpSocket socket) throws IOException {
        var datagram = ByteBuffer.allocateDirect(LARGEST_DATAGRAM);
        for (;;) {
            var sender = socket.recvFrom(datagram.clear()).await();
            try {
                socket.sendTo(datagram.flip(), sender).await();
            } catch (ClosedChannelException e) {
                throw e;
            } catch (IOException e) {
                System.err.println("no answer: " + e.getMessage()); // for others there may be one
            }
        }
    }
}
