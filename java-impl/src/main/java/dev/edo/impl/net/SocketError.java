package dev.edo.impl.net;

import dev.edo.impl.libc.OpenFileLimit;
import io.netty.channel.unix.Errors.NativeIoException;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NotYetConnectedException;

/** Makes exceptions of what socket calls fail with: what failed, on which address, why. */
final class SocketError {
    private SocketError() {}

    /**
     * The exception for an error number.
     *
     * @param what the operation and its address, as in {@code "connect to /127.0.0.1:80"}
     * @param errno positive
     */
    static IOException of(String what, int errno) {
        if (errno == Errno.MFILE) {
            return new SocketException(OpenFileLimit.reached(what));
        }
        String message = what + " failed: " + Errno.text(errno) + " (errno=" + errno + ")";
        if (errno == Errno.ADDRINUSE || errno == Errno.ADDRNOTAVAIL || errno == Errno.ACCES) {
            return new BindException(message);
        }
        if (errno == Errno.CONNREFUSED || errno == Errno.TIMEDOUT) {
            return new ConnectException(message);
        }
        if (errno == Errno.NETUNREACH || errno == Errno.HOSTUNREACH || errno == Errno.HOSTDOWN) {
            return new NoRouteToHostException(message);
        }
        if (errno == Errno.CONNRESET || errno == Errno.PIPE) {
            return new SocketException(message + "; the other side closed or reset the connection");
        }
        if (errno == Errno.NFILE) {
            return new SocketException(message
                    + "; the whole system is out of file descriptors, raise fs.file-max");
        }
        return new SocketException(message);
    }

    /** The exception for what one of Netty's calls threw. */
    static IOException of(String what, Exception thrown) {
        return switch (thrown) {
            case NativeIoException e -> caused(of(what, -e.expectedErr()), e);
            case NotYetConnectedException e -> caused(of(what, Errno.NOTCONN), e);
            case ClosedChannelException e -> caused(of(what, Errno.BADF), e);
            case NoRouteToHostException e -> caused(of(what, Errno.HOSTUNREACH), e);
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
