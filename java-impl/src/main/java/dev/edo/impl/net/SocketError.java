package dev.edo.impl.net;

import dev.edo.impl.libc.Errno;
import dev.edo.impl.libc.SystemError;
import io.netty.channel.unix.Errors.NativeIoException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NotYetConnectedException;

/** Translates what Netty's socket calls throw: what failed, on which address, why. */
final class SocketError {
    private SocketError() {}

    /**
     * The exception for what one of Netty's calls threw.
     *
     * @param what the operation and its address, as in {@code "connect to /127.0.0.1:80"}
     */
    static IOException of(String what, Exception thrown) {
        return switch (thrown) {
            case NativeIoException e -> caused(SystemError.ofSocket(what, -e.expectedErr()), e);
            case NotYetConnectedException e -> caused(SystemError.ofSocket(what, Errno.NOTCONN), e);
            case ClosedChannelException e -> caused(SystemError.ofSocket(what, Errno.BADF), e);
            // Of ENETUNREACH and EHOSTUNREACH alike, and it does not say which.
            case NoRouteToHostException e -> caused(new NoRouteToHostException(what + " failed: "
                    + "no route to the host, or its network is unreachable (EHOSTUNREACH or ENETUNREACH)"), e);
            case ConnectException e -> caused(new ConnectException(what + " failed: " + detail(e)), e);
            default -> caused(new SocketException(what + " failed: " + detail(thrown)), thrown);
        };
    }

    /** Netty's texts read "connect(..) failed with error(-111): Connection refused". */
    private static String detail(Exception e) {
        String message = e.getMessage();
        if (message == null) {
            return e.toString();
        }
        int reason = message.indexOf("): ");
        return reason < 0 ? message : message.substring(reason + 3);
    }

    private static IOException caused(IOException e, Throwable cause) {
        e.initCause(cause);
        return e;
    }
}
