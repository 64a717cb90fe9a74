package dev.edo.impl.net;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A host and a port, as people write them.
 *
 * @param host a name or a literal address, an IPv6 one without its brackets
 * @param port 0 to 65,535
 */
record HostPort(String host, int port) {
    private static final int MAX_PORT = 65_535;

    /**
     * Parses {@code host:port}.
     *
     * @throws IllegalArgumentException where it is none; the message says what is wrong
     */
    static HostPort parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            throw malformed(text, "the port is missing");
        }
        String host = text.substring(0, colon);
        if (host.startsWith("[")) {
            if (!host.endsWith("]")) {
                throw malformed(text, "the bracket is not closed before the port");
            }
            host = host.substring(1, host.length() - 1);
            if (host.indexOf(':') < 0) {
                throw malformed(text, "brackets are for IPv6 addresses");
            }
        } else if (host.indexOf(':') >= 0) {
            throw malformed(text, "an IPv6 address needs brackets");
        }
        if (host.isEmpty()) {
            throw malformed(text, "the host is missing; the wildcard address is 0.0.0.0 or [::]");
        }
        return new HostPort(host, parsePort(text, text.substring(colon + 1)));
    }

    private static int parsePort(String text, String digits) {
        if (digits.isEmpty() || digits.length() > 5 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw malformed(text, "the port is no number");
        }
        int port = Integer.parseInt(digits);
        if (port > MAX_PORT) {
            throw malformed(text, "the port is above " + MAX_PORT);
        }
        return port;
    }

    private static IllegalArgumentException malformed(String text, String why) {
        return new IllegalArgumentException("address=\"" + text + "\": " + why
                + "; expected host:port as in 127.0.0.1:80, [::1]:80 or example.org:80");
    }

    /** {@return the address if the host is a literal one, or null: it must be looked up} */
    @Nullable InetSocketAddress literal() {
        char first = host.charAt(0);
        if (host.indexOf(':') < 0 && (first < '0' || first > '9')) {
            return null;
        }
        try {
            return new InetSocketAddress(InetAddress.ofLiteral(host), port);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Looks the host up; blocks. */
    List<InetSocketAddress> lookUp() throws UnknownHostException {
        return Arrays.stream(InetAddress.getAllByName(host))
                .map(address -> new InetSocketAddress(address, port))
                .toList();
    }
}
