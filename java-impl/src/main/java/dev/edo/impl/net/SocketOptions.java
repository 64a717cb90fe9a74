package dev.edo.impl.net;

import dev.edo.impl.libc.Errno;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The options of a socket. Netty has all calls that are needed: those without a method of their own go
 * through {@code setIntOpt} and {@code setRawOpt} with the numbers of the system's headers.
 */
final class SocketOptions {
    private static final int MAX_LINGER_SECONDS = 65_535;
    private static final int MAX_BYTE = 255;
    private static final int DEVICE_BYTES = 16;

    static final int IPPROTO_IP = 0;
    private static final int IPPROTO_TCP = 6;
    static final int IPPROTO_IPV6 = 41;
    private static final int IP_TOS = Errno.LINUX ? 1 : 3;
    private static final int IP_TTL = Errno.LINUX ? 2 : 4;
    private static final int IPV6_UNICAST_HOPS = Errno.LINUX ? 16 : 4;
    private static final int IPV6_TCLASS = Errno.LINUX ? 67 : 36;
    private static final int TCP_QUICKACK = 12;
    private static final int SOL_SOCKET = 1;
    private static final int SO_BINDTODEVICE = 25;

    private SocketOptions() {}

    static boolean nodelay(NativeSocket socket) throws IOException {
        return socket.call("get TCP_NODELAY of " + socket, Socket::isTcpNoDelay);
    }

    static void setNodelay(NativeSocket socket, boolean on) throws IOException {
        set(socket, "TCP_NODELAY", on, s -> s.setTcpNoDelay(on));
    }

    static boolean keepalive(NativeSocket socket) throws IOException {
        return socket.call("get SO_KEEPALIVE of " + socket, Socket::isKeepAlive);
    }

    static void setKeepalive(NativeSocket socket, boolean on) throws IOException {
        set(socket, "SO_KEEPALIVE", on, s -> s.setKeepAlive(on));
    }

    static @Nullable Duration linger(NativeSocket socket) throws IOException {
        int seconds = socket.call("get SO_LINGER of " + socket, Socket::getSoLinger);
        return seconds < 0 ? null : Duration.ofSeconds(seconds);
    }

    static void setLinger(NativeSocket socket, @Nullable Duration limit) throws IOException {
        int seconds = limit == null ? -1 : lingerSeconds(limit);
        set(socket, "SO_LINGER", seconds, s -> s.setSoLinger(seconds));
    }

    static int lingerSeconds(Duration limit) {
        if (limit.isNegative() || limit.compareTo(Duration.ofSeconds(MAX_LINGER_SECONDS)) > 0) {
            throw outOfRange("linger", limit, "0 to " + MAX_LINGER_SECONDS + " s");
        }
        return (int) limit.getSeconds() + (limit.getNano() > 0 ? 1 : 0);
    }

    static int sendBufferSize(NativeSocket socket) throws IOException {
        return socket.call("get SO_SNDBUF of " + socket, Socket::getSendBufferSize);
    }

    static void setSendBufferSize(NativeSocket socket, int bytes) throws IOException {
        requirePositive("bytes", bytes);
        set(socket, "SO_SNDBUF", bytes, s -> s.setSendBufferSize(bytes));
    }

    static int recvBufferSize(NativeSocket socket) throws IOException {
        return socket.call("get SO_RCVBUF of " + socket, Socket::getReceiveBufferSize);
    }

    static void setRecvBufferSize(NativeSocket socket, int bytes) throws IOException {
        requirePositive("bytes", bytes);
        set(socket, "SO_RCVBUF", bytes, s -> s.setReceiveBufferSize(bytes));
    }

    static boolean reuseAddress(NativeSocket socket) throws IOException {
        return socket.call("get SO_REUSEADDR of " + socket, Socket::isReuseAddress);
    }

    static void setReuseAddress(NativeSocket socket, boolean on) throws IOException {
        set(socket, "SO_REUSEADDR", on, s -> s.setReuseAddress(on));
    }

    static boolean reusePort(NativeSocket socket) throws IOException {
        return socket.call("get SO_REUSEPORT of " + socket, Socket::isReusePort);
    }

    static void setReusePort(NativeSocket socket, boolean on) throws IOException {
        set(socket, "SO_REUSEPORT", on, s -> s.setReusePort(on));
    }

    static boolean quickack(NativeSocket socket) throws IOException {
        requireLinux("TCP_QUICKACK");
        return getInt(socket, "TCP_QUICKACK", IPPROTO_TCP, TCP_QUICKACK) != 0;
    }

    static void setQuickack(NativeSocket socket, boolean on) throws IOException {
        requireLinux("TCP_QUICKACK");
        setInt(socket, "TCP_QUICKACK", IPPROTO_TCP, TCP_QUICKACK, on ? 1 : 0);
    }

    /** An IPv6 socket on Linux has both limits: it may talk to IPv4. */
    static int ttl(NativeSocket socket) throws IOException {
        return socket.ipv6()
                ? getInt(socket, "IPV6_UNICAST_HOPS", IPPROTO_IPV6, IPV6_UNICAST_HOPS)
                : getInt(socket, "IP_TTL", IPPROTO_IP, IP_TTL);
    }

    static void setTtl(NativeSocket socket, int hops) throws IOException {
        if (hops < 1 || hops > MAX_BYTE) {
            throw outOfRange("hops", hops, "1 to 255");
        }
        if (socket.ipv6()) {
            setInt(socket, "IPV6_UNICAST_HOPS", IPPROTO_IPV6, IPV6_UNICAST_HOPS, hops);
        }
        if (!socket.ipv6() || Errno.LINUX) {
            setInt(socket, "IP_TTL", IPPROTO_IP, IP_TTL, hops);
        }
    }

    static int tos(NativeSocket socket) throws IOException {
        return getInt(socket, "IP_TOS", IPPROTO_IP, IP_TOS);
    }

    static void setTos(NativeSocket socket, int tos) throws IOException {
        requireByte("tos", tos);
        setInt(socket, "IP_TOS", IPPROTO_IP, IP_TOS, tos);
    }

    static int tclass(NativeSocket socket) throws IOException {
        return getInt(socket, "IPV6_TCLASS", IPPROTO_IPV6, IPV6_TCLASS);
    }

    static void setTclass(NativeSocket socket, int tclass) throws IOException {
        requireByte("tclass", tclass);
        setInt(socket, "IPV6_TCLASS", IPPROTO_IPV6, IPV6_TCLASS, tclass);
    }

    static @Nullable String device(NativeSocket socket) throws IOException {
        requireLinux("SO_BINDTODEVICE");
        var name = ByteBuffer.allocate(DEVICE_BYTES);
        socket.call("get SO_BINDTODEVICE of " + socket, s -> {
            s.getRawOpt(SOL_SOCKET, SO_BINDTODEVICE, name);
            return true;
        });
        int length = 0;
        while (length < DEVICE_BYTES && name.get(length) != 0) {
            length++;
        }
        return length == 0 ? null : new String(name.array(), 0, length, StandardCharsets.UTF_8);
    }

    static void bindDevice(NativeSocket socket, @Nullable String name) throws IOException {
        requireLinux("SO_BINDTODEVICE");
        byte[] bytes = (name == null ? "" : name).getBytes(StandardCharsets.UTF_8);
        if (name != null && (bytes.length == 0 || bytes.length >= DEVICE_BYTES)) {
            throw outOfRange("name", name, "1 to " + (DEVICE_BYTES - 1) + " bytes");
        }
        // An empty name is one zero byte.
        var value = ByteBuffer.allocate(bytes.length + 1).put(0, bytes);
        set(socket, "SO_BINDTODEVICE", name, s -> s.setRawOpt(SOL_SOCKET, SO_BINDTODEVICE, value));
    }

    /** Sets an option. */
    @FunctionalInterface
    interface Setter {
        void on(Socket socket) throws IOException;
    }

    static void set(NativeSocket socket, String option, @Nullable Object value, Setter setter)
            throws IOException {
        socket.call("set " + option + "=" + value + " of " + socket, s -> {
            setter.on(s);
            return true;
        });
    }

    static void setInt(NativeSocket socket, String name, int level, int option, int value)
            throws IOException {
        set(socket, name, value, s -> s.setIntOpt(level, option, value));
    }

    static int getInt(NativeSocket socket, String name, int level, int option) throws IOException {
        return socket.call("get " + name + " of " + socket, s -> s.getIntOpt(level, option));
    }

    private static void requireLinux(String option) {
        if (!Errno.LINUX) {
            throw new UnsupportedOperationException(option + " exists on Linux only, os.name="
                    + System.getProperty("os.name"));
        }
    }

    static void requireByte(String name, int value) {
        if (value < 0 || value > MAX_BYTE) {
            throw outOfRange(name, value, "0 to 255");
        }
    }

    private static void requirePositive(String name, int value) {
        if (value <= 0) {
            throw outOfRange(name, value, "above 0");
        }
    }

    static IllegalArgumentException outOfRange(String name, Object value, String range) {
        return new IllegalArgumentException(name + "=" + value + ": expected " + range);
    }
}
