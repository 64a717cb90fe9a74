package dev.edo.impl.net;

import static dev.edo.impl.net.InRuntime.soon;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.impl.contract.Setup;
import dev.edo.net.TcpListener;
import dev.edo.net.TcpSocket;
import dev.edo.net.UdpSocket;
import dev.edo.net.UnixListener;
import dev.edo.net.UnixSocket;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The numbers of descriptors, by which native code sets what Edo has no option for. */
class DescriptorNumberTest {
    @TempDir
    private Path dir = Path.of("");

    private interface Number {
        int fd() throws IOException;
    }

    @Test
    void eachOpenSocketHasANumberAndAClosedOneHasNone() throws Exception {
        UnixPlace.in(Setup.CURRENT_THREAD, () -> {
            var tcp = soon(TcpListener.bind("127.0.0.1:0"));
            ends(tcp, tcp::fd);
            var unix = UnixListener.bind(dir.resolve("listener"));
            ends(unix, unix::fd);
            var udp = soon(UdpSocket.bind("127.0.0.1:0"));
            ends(udp, udp::fd);
            var tcpSocket = TcpSocket.newV4();
            ends(tcpSocket, tcpSocket::fd);
            var unixSocket = UnixSocket.newStream();
            ends(unixSocket, unixSocket::fd);
        });
    }

    private static void ends(AutoCloseable socket, Number number) throws Exception {
        assertTrue(number.fd() > 2, "one of a standard stream");
        socket.close();
        assertThrows(ClosedChannelException.class, number::fd);
    }
}
