package dev.edo.impl.libc;

import java.util.Locale;

/** The error numbers that somebody cares about, as positive numbers of the system this runs on. */
public final class Errno {
    /** Whether that is Linux. */
    public static final boolean LINUX =
            System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("linux");

    public static final int PERM = 1;
    public static final int NOENT = 2;
    public static final int SRCH = 3;
    public static final int INTR = 4;
    public static final int BADF = 9;
    public static final int NXIO = 6;
    static final int NOMEM = 12;
    public static final int ACCES = 13;
    public static final int BUSY = 16;
    static final int EXIST = 17;
    static final int INVAL = 22;
    static final int NFILE = 23;
    public static final int MFILE = 24;
    static final int NOSPC = 28;
    static final int PIPE = 32;
    public static final int AGAIN = pick(11, 35);
    public static final int NOSYS = pick(38, 78);
    static final int DESTADDRREQ = pick(89, 39);
    static final int MSGSIZE = pick(90, 40);
    static final int PROTO = pick(71, 100);
    static final int NOPROTOOPT = pick(92, 42);
    static final int OPNOTSUPP = pick(95, 102);
    static final int ADDRINUSE = pick(98, 48);
    static final int ADDRNOTAVAIL = pick(99, 49);
    public static final int INPROGRESS = pick(115, 36);
    static final int NETDOWN = pick(100, 50);
    static final int NETUNREACH = pick(101, 51);
    static final int CONNABORTED = pick(103, 53);
    static final int CONNRESET = pick(104, 54);
    public static final int NOTCONN = pick(107, 57);
    static final int TIMEDOUT = pick(110, 60);
    static final int CONNREFUSED = pick(111, 61);
    static final int HOSTDOWN = pick(112, 64);
    static final int HOSTUNREACH = pick(113, 65);

    private Errno() {}

    /**
     * Tells errors of a connection that died while it was queued from errors of the listener: accept(2)
     * says to treat these like nothing there.
     */
    public static boolean isQueuedConnectionDead(int errno) {
        return errno == CONNABORTED || errno == PROTO || errno == NOPROTOOPT || errno == OPNOTSUPP
                || errno == NETDOWN || errno == NETUNREACH || errno == HOSTDOWN || errno == HOSTUNREACH;
    }

    private static int pick(int linux, int macos) {
        return LINUX ? linux : macos;
    }
}
