package dev.edo.impl.net;

import static dev.edo.impl.net.InRuntime.soon;

import dev.edo.impl.contract.Eventually;
import dev.edo.impl.contract.Setup;
import dev.edo.net.UnixListener;
import dev.edo.net.UnixPair;
import dev.edo.net.UnixStream;
import dev.edo.task.Action;
import dev.edo.task.JoinError;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What the tests of Unix sockets run in, and with. */
final class UnixPlace {
    private UnixPlace() {}

    /** Runs the body of a test as a task in direct style, in a runtime of some flavour. */
    static void in(Setup setup, Action body) throws Exception {
        try (var running = setup.start()) {
            var task = running.handle().spawn(body);
            Eventually.<@Nullable Void>returns("the test's task in " + setup, () -> {
                try {
                    return task.await();
                } catch (JoinError e) {
                    if (e.getCause() instanceof Error error) {
                        throw error;
                    }
                    throw e;
                }
            });
        }
    }

    /** Both ends of a connection to a path: who connected, and who accepted. */
    static UnixPair connected(Path path) throws Exception {
        try (var listener = UnixListener.bind(path)) {
            var client = soon(UnixStream.connect(path));
            return new UnixPair(client, soon(listener.accept()));
        }
    }

    /** Writes until the other side's and this side's buffers are full. */
    static int fill(UnixStream stream) throws Exception {
        soon(stream.writable()); // of a new one the drivers may not have told yet
        var block = ByteBuffer.allocateDirect(64 * 1024);
        int total = 0;
        while (true) {
            int n = stream.tryWrite(block.clear());
            if (n == UnixStream.WOULD_BLOCK) {
                return total;
            }
            total += n;
        }
    }

    /** Reads to the end. */
    static String rest(UnixStream stream) throws Exception {
        var buffer = ByteBuffer.allocate(1000);
        while (soon(stream.read(buffer)) >= 0) {
            if (!buffer.hasRemaining()) {
                throw new AssertionError("more than 1000 bytes");
            }
        }
        return InRuntime.text(buffer);
    }
}
