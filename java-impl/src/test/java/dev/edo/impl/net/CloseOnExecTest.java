package dev.edo.impl.net;

import static dev.edo.impl.net.InRuntime.soon;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.net.TcpListener;
import dev.edo.net.TcpSocket;
import dev.edo.net.UdpSocket;
import dev.edo.net.UnixDatagram;
import dev.edo.net.UnixListener;
import dev.edo.net.UnixStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A process that is started by what closes no descriptors must not hold Edo's: a port would stay taken. */
@EnabledOnOs(OS.LINUX)
class CloseOnExecTest {
    private static final long O_CLOEXEC = 02000000;

    @TempDir
    private Path dir = Path.of("");

    /** The sockets of this process, and what the drivers wait with. */
    private static Map<Integer, String> open() throws IOException {
        var open = OpenDescriptors.now();
        open.values().removeIf(what -> !what.startsWith("socket:") && !what.startsWith("anon_inode:"));
        return open;
    }

    private static boolean isClosedOnExec(int number) throws IOException {
        try {
            for (var line : Files.readAllLines(Path.of("/proc/self/fdinfo/" + number))) {
                if (line.startsWith("flags:")) {
                    return (Long.parseLong(line.substring(6).strip(), 8) & O_CLOEXEC) != 0;
                }
            }
        } catch (NoSuchFileException e) {
            return true; // closed meanwhile: one that an earlier test has forgotten
        }
        throw new AssertionError("no flags of " + number);
    }

    @Test
    void noDescriptorOfEdoOutlivesAnExec() throws Exception {
        var before = open().entrySet();
        InRuntime.currentThread(() -> {
            var anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            try (var prepared = TcpSocket.newV4();
                    var listener = TcpListener.bind("127.0.0.1:0").await();
                    var client = soon(TcpSocket.newV4().connect(listener.localAddress()));
                    var server = soon(listener.accept());
                    var udp = UdpSocket.bind(anyPort).await();
                    var unixListener = UnixListener.bind(dir.resolve("streams"));
                    var unixClient = soon(UnixStream.connect(dir.resolve("streams")));
                    var unixServer = soon(unixListener.accept());
                    var datagrams = UnixDatagram.bind(dir.resolve("datagrams"))) {
                int[] numbers = {prepared.fd(), listener.fd(), client.fd(), server.fd(), udp.fd(), unixListener.fd(),
                        unixClient.fd(), unixServer.fd(), datagrams.fd()};
                var found = open();
                for (int number : numbers) {
                    assertTrue(found.containsKey(number), number + " of " + found);
                }
                for (var descriptor : found.entrySet()) {
                    assertTrue(before.contains(descriptor) || isClosedOnExec(descriptor.getKey()),
                            () -> "descriptor=" + descriptor + " outlives an exec, open=" + Arrays.toString(numbers));
                }
            }
        });
    }
}
