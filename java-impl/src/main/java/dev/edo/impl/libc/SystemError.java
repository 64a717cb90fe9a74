package dev.edo.impl.libc;

import dev.edo.io.BrokenPipeException;
import io.netty.channel.unix.Errors;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** The one place that makes exceptions of error numbers: what failed, why, and what to do about it. */
public final class SystemError {
    private SystemError() {}

    /**
     * The exception for a poller's call. Needs nothing that would have to be loaded first, for which there may be
     * no descriptor left.
     *
     * @param action what failed, as it follows "cannot"
     * @param errno positive
     */
    public static IOException ofPoller(String action, int errno) {
        return new IOException("cannot " + action + ": " + reasonOfPoller(errno));
    }

    private static String reasonOfPoller(int errno) {
        return switch (errno) {
            case Errno.PERM -> "EPERM, this kind of file cannot be polled (regular files and directories cannot);"
                    + " read it on the blocking pool";
            case Errno.BADF -> "EBADF, the descriptor is not open; register it before it is closed";
            case Errno.NOMEM -> "ENOMEM, the kernel has no memory; raise the memory limit of the container";
            case Errno.EXIST -> "EEXIST, the descriptor is registered with this driver already; close its"
                    + " registration first, or register a duplicate of it";
            case Errno.INVAL -> "EINVAL, the kernel refuses the argument";
            case Errno.MFILE -> "EMFILE, this process may open no more descriptors; raise ulimit -n";
            case Errno.NOSPC -> "ENOSPC, too many watched descriptors; raise /proc/sys/fs/epoll/max_user_watches";
            default -> "errno=" + errno;
        };
    }

    /**
     * The exception for a call on a socket, whose library is loaded.
     *
     * @param what the operation and its address, as in {@code "connect to /127.0.0.1:80"}
     * @param errno positive
     */
    public static IOException ofSocket(String what, int errno) {
        if (errno == Errno.MFILE) {
            return new SocketException(OpenFileLimit.reached(what));
        }
        String message = failed(what, errno);
        if (errno == Errno.ADDRINUSE) {
            return new BindException(message + "; another socket has this address, close it or take another one");
        }
        if (errno == Errno.ADDRNOTAVAIL) {
            return new BindException(message + "; this machine has no such address, or no port of it is free");
        }
        if (errno == Errno.ACCES) {
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

    /**
     * The exception for a call on a socket of datagrams, whose library is loaded.
     *
     * @param what the operation and its address, as in {@code "send 5 bytes to /127.0.0.1:80"}
     * @param errno positive
     */
    public static IOException ofDatagram(String what, int errno) {
        String message = what + " failed: " + text(errno) + " (errno=" + errno + ")";
        if (errno == Errno.CONNREFUSED) {
            return new PortUnreachableException(message + "; nobody listens there, as an ICMP message said after an"
                    + " earlier datagram");
        }
        if (errno == Errno.MSGSIZE) {
            return new SocketException(message + "; a datagram carries at most 65,507 bytes over IPv4 and 65,527"
                    + " over IPv6, or what setSendBufferSize allows");
        }
        if (errno == Errno.DESTADDRREQ || errno == Errno.NOTCONN) {
            return new SocketException(message + "; connect the socket first, or use sendTo");
        }
        return ofSocket(what, errno);
    }

    /**
     * The exception for connecting a Unix domain socket.
     *
     * @param what the operation and its address, as in {@code "connect to /run/my.sock"}
     * @param errno positive
     */
    public static IOException ofUnixConnect(String what, int errno) {
        String message = failed(what, errno);
        if (errno == Errno.NOENT) {
            return new ConnectException(message + "; nobody has bound this path, start the other side first");
        }
        if (errno == Errno.CONNREFUSED) {
            return new ConnectException(message + "; nobody listens there any more");
        }
        if (errno == Errno.AGAIN) {
            return new ConnectException(message + "; the backlog there is full, try again after a while");
        }
        if (errno == Errno.ACCES) {
            return new ConnectException(message + "; this user may not write to that file");
        }
        return ofSocket(what, errno);
    }

    /**
     * The exception for a call on a Unix domain socket of datagrams.
     *
     * @param what the operation and its address, as in {@code "send 5 bytes to /run/my.sock"}
     * @param errno positive
     */
    public static IOException ofUnixDatagram(String what, int errno) {
        String message = failed(what, errno);
        if (errno == Errno.MSGSIZE) {
            return new SocketException(message + "; a datagram must be shorter than the system's send buffer");
        }
        if (errno == Errno.DESTADDRREQ || errno == Errno.NOTCONN) {
            return new SocketException(message + "; connect the socket first, or use sendTo");
        }
        if (errno == Errno.PERM) {
            return new SocketException(message + "; the receiver is connected to another socket");
        }
        return ofUnixConnect(what, errno);
    }

    /**
     * The exception for a call on a pipe.
     *
     * @param what the operation and the pipe, as in {@code "write to pipe (fd=7)"}
     * @param errno positive
     */
    public static IOException ofPipe(String what, int errno) {
        String message = what + " failed: " + named(errno);
        if (errno == Errno.PIPE) {
            return new BrokenPipeException(message + "; nobody will read from this pipe: its other end was closed");
        }
        if (errno == Errno.MFILE) {
            return new IOException(OpenFileLimit.reached(what));
        }
        if (errno == Errno.BADF) {
            return new IOException(message + "; the descriptor is not open, or not for this");
        }
        return new IOException(message);
    }

    /**
     * The exception for opening a file, or looking for one.
     *
     * @param path of the file, which the message of the exception begins with
     * @param reason what goes on behind the system's own reason; may be empty
     * @param errno positive
     */
    public static IOException ofFile(String path, String reason, int errno) {
        if (errno == Errno.MFILE) {
            return new FileSystemException(path, null, OpenFileLimit.reached("open"));
        }
        String text = named(errno) + reason;
        return switch (errno) {
            case Errno.NOENT -> new NoSuchFileException(path, null, text);
            case Errno.ACCES, Errno.PERM -> new AccessDeniedException(path, null, text);
            default -> new FileSystemException(path, null, text);
        };
    }

    /**
     * The exception for a call on a child process.
     *
     * @param what the operation and the program, as in {@code "kill cat (pid=7)"}
     * @param errno positive
     */
    public static IOException ofProcess(String what, int errno) {
        return new IOException(what + " failed: " + named(errno)
                + (errno == Errno.AGAIN ? "; raise ulimit -u, or the limit of processes of the container" : ""));
    }

    /** {@return what the C library says to this number, where it can be asked without Netty} */
    private static String named(int errno) {
        return LibC.FAILURE == null ? LibC.strerror(errno) + " (errno=" + errno + ")" : "errno=" + errno;
    }

    private static String failed(String what, int errno) {
        return what + " failed: " + text(errno) + " (errno=" + errno + ")";
    }

    /** {@return what the C library says to this number} */
    private static String text(int errno) {
        String message = String.valueOf(Errors.newIOException("", -errno).getMessage());
        return message.substring(message.indexOf("): ") + 3);
    }
}
