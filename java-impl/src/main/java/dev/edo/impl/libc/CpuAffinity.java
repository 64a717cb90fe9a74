package dev.edo.impl.libc;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Which CPUs a platform thread may run on. */
public final class CpuAffinity {
    /** As many as a Linux kernel can be built for; the kernels of large machines refuse short masks. */
    static final int MAX_CPUS = 8192;

    private static final int CALLING_THREAD = 0;
    private static final AtomicBoolean ABSENCE_LOGGED = new AtomicBoolean();

    private CpuAffinity() {}

    /**
     * Makes the calling thread run on one CPU only. On macOS, which has no such thing, it does
     * nothing but say so once in the log.
     *
     * @param cpu from 0; one of those that {@link #allowed()} has
     * @throws IllegalArgumentException when the process may not use that CPU; names those that it
     *     may
     * @throws IllegalStateException when the C library is not reachable, or on a virtual thread
     */
    public static void pinCurrentThread(int cpu) {
        pinCurrentThread(cpu, !LibC.DARWIN);
    }

    static void pinCurrentThread(int cpu, boolean systemHasAffinity) {
        requirePlatformThread();
        if (!systemHasAffinity) {
            if (ABSENCE_LOGGED.compareAndSet(false, true)) {
                System.getLogger(CpuAffinity.class.getName()).log(System.Logger.Level.WARNING,
                        "CPU affinity is not available on " + System.getProperty("os.name")
                                + ": threads are not pinned");
            }
            return;
        }
        requireLibC("pin thread " + Thread.currentThread().getName() + " to cpu=" + cpu);
        if (cpu < 0 || cpu >= MAX_CPUS) {
            throw refused(cpu);
        }
        var mask = new long[MAX_CPUS / Long.SIZE];
        mask[cpu / Long.SIZE] = 1L << (cpu % Long.SIZE);
        if (LinuxLibC.sched_setaffinity(CALLING_THREAD, MAX_CPUS / Byte.SIZE, mask) != 0) {
            int errno = Jna.errno();
            if (errno == Errno.INVAL) {
                throw refused(cpu);
            }
            throw failed("sched_setaffinity for cpu=" + cpu, errno);
        }
    }

    /**
     * Makes the calling thread run on all CPUs that this process may use. A thread starts with those of the thread that
     * started it, so one that a pinned thread started is pinned, too. On macOS it does nothing.
     *
     * @throws IllegalStateException when the C library is not reachable, or on a virtual thread
     */
    public static void unpinCurrentThread() {
        requirePlatformThread();
        unpinCarrierThread();
    }

    /**
     * The same for the platform thread that executes the caller, be it as a carrier: a virtual thread does not leave it
     * in here.
     *
     * @throws IllegalStateException when the C library is not reachable
     */
    public static void unpinCarrierThread() {
        if (LibC.DARWIN) {
            return;
        }
        requireLibC("unpin thread " + Thread.currentThread().getName());
        var mask = Arrays.copyOf(allowed().toLongArray(), MAX_CPUS / Long.SIZE);
        if (LinuxLibC.sched_setaffinity(CALLING_THREAD, MAX_CPUS / Byte.SIZE, mask) != 0) {
            throw failed("sched_setaffinity for all allowed CPUs", Jna.errno());
        }
    }

    /**
     * The CPUs that this process may use, as its command line ({@code taskset}), its cpuset or its
     * container says. Pinning threads does not change it.
     *
     * @return their numbers
     * @throws IllegalStateException when the C library is not reachable, or on macOS
     */
    public static BitSet allowed() {
        requireLibC("read the allowed CPUs");
        return mask(Math.toIntExact(ProcessHandle.current().pid()));
    }

    /**
     * The CPUs that the calling thread may run on.
     *
     * @return their numbers
     * @throws IllegalStateException when the C library is not reachable, on macOS, or on a virtual
     *     thread
     */
    public static BitSet ofCurrentThread() {
        requirePlatformThread();
        requireLibC("read the thread's CPUs");
        return mask(CALLING_THREAD);
    }

    private static BitSet mask(int thread) {
        var mask = new long[MAX_CPUS / Long.SIZE];
        if (LinuxLibC.sched_getaffinity(thread, MAX_CPUS / Byte.SIZE, mask) < 0) {
            throw failed("sched_getaffinity", Jna.errno());
        }
        return BitSet.valueOf(mask);
    }

    /** Writes a set of CPUs as Linux does: {@code 0-3,8}. */
    static String ranges(BitSet cpus) {
        List<String> ranges = new ArrayList<>();
        for (int first = cpus.nextSetBit(0); first >= 0; ) {
            int last = cpus.nextClearBit(first) - 1;
            ranges.add(first == last ? "" + first : first + "-" + last);
            first = cpus.nextSetBit(last + 1);
        }
        return String.join(",", ranges);
    }

    private static IllegalArgumentException refused(int cpu) {
        return new IllegalArgumentException("cannot pin thread " + Thread.currentThread().getName()
                + " to cpu=" + cpu + ": this process may use cpus=" + ranges(allowed())
                + "; choose one of these, or widen its taskset, cpuset or container limit");
    }

    private static IllegalStateException failed(String call, int errno) {
        return new IllegalStateException(call + " failed: errno=" + errno);
    }

    private static void requirePlatformThread() {
        if (Thread.currentThread().isVirtual()) {
            throw new IllegalStateException("a virtual thread has no CPU affinity;"
                    + " call on the platform thread that carries it");
        }
    }

    private static void requireLibC(String purpose) {
        if (!LibC.LINUX) {
            throw new IllegalStateException("cannot " + purpose + ": CPU affinity is not available on"
                    + " os.name=" + System.getProperty("os.name"));
        }
        if (LinuxLibC.FAILURE != null) {
            throw new IllegalStateException("cannot " + purpose + ": the C library is not reachable"
                    + " through JNA; add net.java.dev.jna:jna, or run without CPU affinity",
                    LinuxLibC.FAILURE);
        }
    }
}
