package dev.edo.impl.net;

import dev.edo.impl.libc.Errno;
import dev.edo.impl.libc.PathBytes;
import dev.edo.net.UnixSocketAddress;
import java.net.SocketException;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Unix addresses as the kernel has them: {@code struct sockaddr_un}.
 *
 * <pre>
 *   Linux  | family: 16 bits        | path: 108 bytes |
 *   macOS  | length: 8 | family: 8  | path: 104 bytes |
 * </pre>
 *
 * A path ends with a zero byte, an abstract name begins with one, and without a name there are none at all.
 */
final class UnixAddresses {
    private static final byte AF_UNIX = 1;
    private static final int PATH = 2;
    private static final int PATH_BYTES = Errno.LINUX ? 108 : 104;

    /** More than any address has. */
    static final int BYTES = PATH + PATH_BYTES + 1;

    private UnixAddresses() {}

    /**
     * Writes an address as the kernel reads it.
     *
     * @throws SocketException when it is too long
     * @throws UnsupportedOperationException when it is an abstract name, and this is not Linux
     */
    static byte[] encode(UnixSocketAddress address) throws SocketException {
        requireSupported(address);
        byte[] result;
        var path = address.path();
        byte[] name = address.abstractName();
        if (path != null) {
            byte[] bytes = PathBytes.of(path);
            requireShort("path=" + path, bytes.length, "; use a shorter one, or one relative to the working directory");
            result = new byte[PATH + bytes.length + 1];
            System.arraycopy(bytes, 0, result, PATH, bytes.length);
        } else if (name != null) {
            requireShort("name=" + address, name.length, "");
            result = new byte[PATH + 1 + name.length];
            System.arraycopy(name, 0, result, PATH + 1, name.length);
        } else {
            result = new byte[PATH];
        }
        if (Errno.LINUX) { // of which all platforms are little endian
            result[0] = AF_UNIX;
        } else {
            result[0] = (byte) result.length;
            result[1] = AF_UNIX;
        }
        return result;
    }

    /** The path of bytes that are no text. */
    private static Path exactPath(byte[] bytes) {
        var escaped = new StringBuilder("file://");
        if (bytes[0] != '/') {
            escaped.append('/');
        }
        char before = 0;
        for (byte b : bytes) {
            if (b != '/') {
                escaped.append('%').append(HexFormat.of().toHexDigits(b));
            } else if (before != '/') {
                escaped.append('/');
            }
            before = (char) b;
        }
        var path = Path.of(URI.create(escaped.toString()));
        return bytes[0] == '/' ? path : path.subpath(0, path.getNameCount());
    }

    static void requireSupported(UnixSocketAddress address) {
        if (address.abstractName() != null && !Errno.LINUX) {
            throw new UnsupportedOperationException("address=" + address + ": abstract names exist on Linux only,"
                    + " os.name=" + System.getProperty("os.name") + "; use a path");
        }
    }

    private static void requireShort(String what, int bytes, String remedy) throws SocketException {
        if (bytes >= PATH_BYTES) {
            throw new SocketException(what + " has " + bytes + " bytes, the address of a Unix domain socket at most "
                    + (PATH_BYTES - 1) + remedy);
        }
    }

    /**
     * Reads an address as the kernel writes it.
     *
     * @param length how many bytes count
     */
    static UnixSocketAddress decode(byte[] address, int length) throws SocketException {
        if (length <= PATH || !Errno.LINUX && address[PATH] == 0) {
            return UnixSocketAddress.unnamed();
        }
        if (address[PATH] == 0) {
            return UnixSocketAddress.ofAbstract(Arrays.copyOfRange(address, PATH + 1, length));
        }
        int end = PATH;
        while (end < length && address[end] != 0) {
            end++;
        }
        String path = new String(address, PATH, end - PATH, PathBytes.CHARSET);
        try {
            return UnixSocketAddress.of(path.indexOf(PathBytes.REPLACEMENT) < 0 ? Path.of(path)
                    : exactPath(Arrays.copyOfRange(address, PATH, end)));
        } catch (InvalidPathException e) {
            var failure = new SocketException("the socket's path is none that this JVM can name: " + e.getMessage()
                    + ", sun.jnu.encoding=" + PathBytes.CHARSET);
            failure.initCause(e);
            throw failure;
        }
    }
}
