package dev.edo.examples.udpecho;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edo.net.UdpSocket;
import dev.edo.runtime.EdoRuntime;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class UdpEchoTest {
    /** Two clients that know nothing of Edo; an empty datagram has an answer, too. */
    @Test
    void eachDatagramGoesBackToWhereItCameFrom() throws Exception {
        try (var runtime = EdoRuntime.builder().multiThread().workerThreads(2).enableAll().build();
                var socket = runtime.blockOn(UdpSocket.bind("127.0.0.1:0"));
                var one = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                var other = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            runtime.spawn(() -> UdpEcho.echo(socket));
            var large = new byte[8_000];
            Arrays.fill(large, (byte) 7);
            for (var bytes : new byte[][] {{1, 2, 3}, {}, large, {4}}) {
                for (var client : new DatagramSocket[] {one, other}) {
                    client.setSoTimeout(20_000);
                    client.send(new DatagramPacket(bytes, bytes.length, socket.localAddress()));
                    var answer = new DatagramPacket(new byte[65_536], 65_536);
                    client.receive(answer);
                    assertEquals(socket.localAddress(), answer.getSocketAddress());
                    assertArrayEquals(bytes, Arrays.copyOf(answer.getData(), answer.getLength()));
                }
            }
        }
    }
}
