package dev.edo.net;

import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The address of a Unix domain socket: a path in the file system, an abstract name (Linux only), or none.
 *
 * <pre>{@code
 * var address = UnixSocketAddress.ofAbstract("my-service");
 * try (var listener = UnixListener.bind(address)) {
 *     serve(listener);
 * }
 * }</pre>
 *
 * <p>A socket that was bound to a path leaves a file there, also after it is closed: delete it before somebody
 * binds to the path again. An abstract name is free as soon as its socket is closed. How long a path or a name may
 * be is the system's to say: 107 bytes on Linux, 103 on macOS.
 *
 * @see <a href="https://docs.rs/tokio/latest/tokio/net/unix/struct.SocketAddr.html">tokio::net::unix::SocketAddr</a>
 */
public final class UnixSocketAddress {
    private static final UnixSocketAddress UNNAMED = new UnixSocketAddress(null, null);

    private final @Nullable Path path;
    private final byte @Nullable [] abstractName;

    private UnixSocketAddress(@Nullable Path path, byte @Nullable [] abstractName) {
        this.path = path;
        this.abstractName = abstractName;
    }

    /**
     * The address of a path.
     *
     * @param path absolute, or relative to where the process was started; not empty
     * @return the address
     * @throws IllegalArgumentException when it is empty, or not of the default file system
     */
    public static UnixSocketAddress of(Path path) {
        if (path.getFileSystem() != FileSystems.getDefault()) {
            throw new IllegalArgumentException("path=" + path + " is of the file system " + path.getFileSystem()
                    + ": expected one of the default file system");
        }
        if (path.toString().isEmpty()) {
            throw new IllegalArgumentException("path is empty; an address without a name is unnamed()");
        }
        return new UnixSocketAddress(path, null);
    }

    /**
     * The address of an abstract name, which exists on Linux only and is in no file system.
     *
     * @param name what stands behind the zero byte that marks such a name; any bytes, zero among them; none are the
     *     empty name
     * @return the address
     */
    public static UnixSocketAddress ofAbstract(byte[] name) {
        return new UnixSocketAddress(null, name.clone());
    }

    /**
     * The address of an abstract name, as {@link #ofAbstract(byte[])}.
     *
     * @param name taken as UTF-8
     * @return the address
     */
    public static UnixSocketAddress ofAbstract(String name) {
        return new UnixSocketAddress(null, name.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The address of a socket that was not bound, like that of most clients.
     *
     * @return it has neither a path nor a name
     */
    public static UnixSocketAddress unnamed() {
        return UNNAMED;
    }

    /**
     * Tells whether there is neither a path nor a name.
     *
     * @return whether this is that of a socket that was not bound
     */
    public boolean isUnnamed() {
        return path == null && abstractName == null;
    }

    /**
     * The path.
     *
     * @return null where this is none
     */
    public @Nullable Path path() {
        return path;
    }

    /**
     * The abstract name.
     *
     * @return its bytes, without the zero byte that marks it; null where this is none
     */
    public byte @Nullable [] abstractName() {
        return abstractName == null ? null : abstractName.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof UnixSocketAddress that
                && (path == null ? that.path == null : path.equals(that.path))
                && Arrays.equals(abstractName, that.abstractName);
    }

    @Override
    public int hashCode() {
        return path != null ? path.hashCode() : Arrays.hashCode(abstractName);
    }

    /** {@return the path; or the name behind an {@code @}, as other tools write it; or {@code (unnamed)}} */
    @Override
    public String toString() {
        if (path != null) {
            return path.toString();
        }
        return abstractName == null ? "(unnamed)" : "@" + printable(abstractName);
    }

    private static String printable(byte[] name) {
        var text = new StringBuilder();
        for (byte b : name) {
            if (b > ' ' && b < 0x7f && b != '\\') {
                text.append((char) b);
            } else {
                text.append(String.format("\\x%02x", b));
            }
        }
        return text.toString();
    }
}
