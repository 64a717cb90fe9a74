package dev.edo.impl.libc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.epoll.Epoll;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@EnabledOnOs(OS.LINUX)
class SystemErrorTest {
    @BeforeAll
    static void loadSockets() {
        Epoll.ensureAvailability();
    }

    private static void assertSocketError(Class<? extends IOException> type, String message, int errno) {
        var error = SystemError.ofSocket("connect to /192.0.2.1:80", errno);
        assertEquals(type, error.getClass());
        assertEquals("connect to /192.0.2.1:80 failed: " + message, error.getMessage());
    }

    @Test
    void errorsOfSocketsAreThoseOfTheJdk() {
        assertSocketError(BindException.class, "Address already in use (errno=98);"
                + " another socket has this address, close it or take another one", Errno.ADDRINUSE);
        assertSocketError(BindException.class, "Cannot assign requested address (errno=99);"
                + " this machine has no such address, or no port of it is free", Errno.ADDRNOTAVAIL);
        assertSocketError(BindException.class, "Permission denied (errno=13)", Errno.ACCES);
        assertSocketError(ConnectException.class, "Connection refused (errno=111)", Errno.CONNREFUSED);
        assertSocketError(ConnectException.class, "Connection timed out (errno=110)", Errno.TIMEDOUT);
        assertSocketError(NoRouteToHostException.class, "No route to host (errno=113)", Errno.HOSTUNREACH);
        assertSocketError(SocketException.class, "Connection reset by peer (errno=104);"
                + " the other side closed or reset the connection", Errno.CONNRESET);
        assertSocketError(SocketException.class, "Too many open files in system (errno=23);"
                + " the whole system is out of file descriptors, raise fs.file-max", Errno.NFILE);
        assertSocketError(SocketException.class, "Operation not permitted (errno=1)", Errno.PERM);
        var full = SystemError.ofSocket("accept", Errno.MFILE);
        assertTrue(full.getMessage().startsWith("accept: open files limit reached"), full.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "1, EPERM, blocking pool", "9, EBADF, before it is closed", "12, ENOMEM, raise the memory limit",
        "17, EEXIST, close its registration first", "22, EINVAL, refuses", "24, EMFILE, raise ulimit -n",
        "28, ENOSPC, max_user_watches", "5, errno=5, cannot register",
    })
    void errorsOfThePollerNameTheRemedy(int errno, String name, String remedy) {
        var error = SystemError.ofPoller("register fd=7", errno);
        assertTrue(error.getMessage().startsWith("cannot register fd=7: " + name), error.getMessage());
        assertTrue(error.getMessage().contains(remedy), error.getMessage());
    }
}
