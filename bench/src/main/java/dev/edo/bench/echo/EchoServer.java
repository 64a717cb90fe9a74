package dev.edo.bench.echo;

import dev.edo.bench.Peer;
import java.lang.management.ManagementFactory;

/**
 * A TCP echo server on one of the peers. It listens on a port of the loopback address, prints a
 * line when it does, answers each line {@code heap} on its standard input with the bytes of its
 * live heap, and ends when the input does.
 */
public final class EchoServer {
    private EchoServer() {}

    /**
     * Serves.
     *
     * @param args the peer and the port
     * @throws Exception when the server cannot be started
     */
    public static void main(String[] args) throws Exception {
        var peer = Peer.valueOf(args[0]);
        int port = Integer.parseInt(args[1]);
        switch (peer) {
            case EDO_STACKLESS -> EdoEcho.stackless(port);
            case EDO_DIRECT -> EdoEcho.direct(port);
            case VIRTUAL_THREADS -> VirtualThreadEcho.start(port);
            case NETTY_EPOLL -> NettyEcho.epoll(port);
            case NETTY_IO_URING -> NettyEcho.ioUring(port);
            case VERTX -> VertxEcho.start(port);
            default -> throw new IllegalArgumentException("peer=" + peer + " has no echo server in Java");
        }
        IO.println("listening on 127.0.0.1:" + port);
        for (var line = IO.readln(); line != null; line = IO.readln()) {
            if (line.equals("heap")) {
                IO.println(liveBytes());
            }
        }
        Runtime.getRuntime().halt(0);
    }

    private static long liveBytes() throws InterruptedException {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            Thread.sleep(50);
            least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }
}
