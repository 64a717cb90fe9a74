package dev.edo.impl.net;

import dev.edo.impl.libc.Errno;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.kqueue.KQueue;
import org.jspecify.annotations.Nullable;

/** Loads the native library behind Netty's socket calls, once. */
final class NettyTransport {
    private static final @Nullable Throwable CAUSE = load();

    private NettyTransport() {}

    /**
     * Checks that the socket calls can be made.
     *
     * @throws IllegalStateException if not; the message says what to add
     */
    static void ensureAvailable() {
        if (CAUSE != null) {
            throw new IllegalStateException("sockets need Netty's native library, which could not be loaded:"
                    + " os.name=" + System.getProperty("os.name")
                    + ", os.arch=" + System.getProperty("os.arch")
                    + "; put io.netty:netty-transport-native-" + (Errno.LINUX ? "epoll" : "kqueue")
                    + " with the classifier of this platform on the class path or module path (there with"
                    + " --add-modules ALL-MODULE-PATH, as no module requires it), and allow"
                    + " native access (--enable-native-access)", CAUSE);
        }
    }

    private static @Nullable Throwable load() {
        try {
            return Errno.LINUX ? Epoll.unavailabilityCause() : KQueue.unavailabilityCause();
        } catch (LinkageError e) {
            return e;
        }
    }
}
