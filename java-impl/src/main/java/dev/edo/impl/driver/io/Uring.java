package dev.edo.impl.driver.io;

import dev.edo.impl.libc.Errno;
import dev.edo.impl.libc.SystemError;
import dev.edo.impl.natives.DirectAddress;
import dev.edo.impl.natives.NativeUring;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Operations on files that the kernel carries out by itself: the ring of one I/O driver.
 *
 * <p>Algorithm: one ring per driver, which all threads submit to. An operation is put into the table, and given to the
 * kernel by one system call, under the lock that the ring has in C. Then the same thread looks for what has ended:
 *
 * <pre>
 *   S1 number and memory into the table     T1 the driver's select returns
 *   S2 silence the event descriptor         T2 take an end from the ring, free its number,
 *   S3 io_uring_enter                          wake who waits for it
 *   S4 let the event descriptor speak       T3 again, until there is none
 *   S5 as T2 and T3
 * </pre>
 *
 * What the kernel did within S3, a read of what is in its cache above all, is found at S5 and costs nobody a wake-up.
 * What it ends later makes the event descriptor readable, which the driver's selector watches as it does any other,
 * for nobody: the select returns, and each turn looks at the ring. An end that comes between S2 and S4 is in the ring
 * before S5 looks.
 *
 * <p>Large reads and writes, and all that looks a path up, are done by the kernel's own threads: so no operation keeps
 * the submitting thread for longer than a copy of {@link #INLINE_BYTES} takes. (Of a pipe with a name, the submitting
 * thread could not open an end anyway: the kernel would not wait for the other one, as an open has to.)
 *
 * <p>Invariants: the kernel has an operation if and only if its end was not taken yet; as long it is in the table, with
 * its memory, and the table in {@code OPEN}: nothing the kernel may still write to is freed, whoever forgets what. A
 * submission that the kernel refuses is taken back at once, so there is always room for the next one; the operation is
 * made on the blocking pool then. Ends that the ring has no room for are kept by the kernel, which T2 asks for them.
 * The kernel takes its own reference to a file at S3: after that the descriptor may be closed.
 *
 * <p>The kernel ends some of what a thread has submitted when that thread ends. Whoever gets such an end does the
 * operation again, on the blocking pool.
 *
 * <p>Shutdown: nothing is added any more, and what is in flight is cancelled. Who waits gets what it came to. An
 * operation that cannot be ended (on a network file system that does not answer, say) is abandoned after a second: who waits for
 * it is told, and ring and memory stay.
 *
 * <p>Origin: Tokio's runtime/io/driver/uring.rs, where the mutex around the ring is one around the operations as well,
 * every completion wakes the driver, and the end of the runtime waits without limit.
 */
public final class Uring {
    private static final long CURRENT_POSITION = -1;

    public static final int OPENAT = 18;
    public static final int STATX = 21;
    public static final int READ = 22;
    public static final int WRITE = 23;
    public static final int RENAMEAT = 35;

    /** Reads and writes of more bytes are not copied by the submitting thread. */
    static final int INLINE_BYTES = 64 * 1024;

    static final int BY_KERNEL_THREAD = 1 << 4;
    private static final int ENTRIES = 256;
    private static final int COMPLETIONS = 1024;
    private static final int SHUTDOWN_STEP_MILLIS = 5;
    private static final long SHUTDOWN_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final System.Logger LOG = System.getLogger(Uring.class.getName());
    private static final AtomicBoolean REFUSAL_TOLD = new AtomicBoolean();
    private static final AtomicBoolean LACK_TOLD = new AtomicBoolean();

    /** What is in flight in any ring, kept should its runtime be forgotten: the kernel may write through it. */
    private static final Set<UringTable> OPEN = ConcurrentHashMap.newKeySet();

    private final UringCalls kernel;
    private final long ring;
    private final long operations;
    private final UringTable table = new UringTable();
    private final UringBuffers buffers = new UringBuffers();
    private final UseCount uses = new UseCount();
    private Runnable atBegin = () -> {};
    private Runnable atEnd = () -> {};

    private Uring(UringCalls kernel, long ring) {
        this.kernel = kernel;
        this.ring = ring;
        operations = kernel.operations(ring);
    }

    /**
     * Opens a ring.
     *
     * @return null where the system refuses one, which is logged once
     * @throws IOException where it fails for want of memory or descriptors
     */
    static @Nullable Uring open(UringCalls kernel) throws IOException {
        return open(kernel, ENTRIES, COMPLETIONS);
    }

    static @Nullable Uring open(UringCalls kernel, int entries, int completions) throws IOException {
        long ring = kernel.open(entries, completions);
        if (ring < 0) {
            int errno = (int) -ring;
            if (errno != Errno.NOSYS && errno != Errno.PERM && errno != Errno.ACCES) {
                throw SystemError.ofPoller("open the ring of the I/O driver", errno);
            }
            tellRefusal(errno);
            return null;
        }
        var opened = new Uring(kernel, ring);
        opened.tellLack();
        opened.linkCallSites();
        OPEN.add(opened.table);
        return opened;
    }

    private static void tellRefusal(int errno) {
        if (REFUSAL_TOLD.compareAndSet(false, true)) {
            LOG.log(System.Logger.Level.WARNING, "enableIoUring(): calls on files are made on the blocking pool,"
                    + " because this system refuses io_uring: " + (errno == Errno.NOSYS
                            ? "ENOSYS, it needs Linux 5.6 or later"
                            : "errno=" + errno + ", by the seccomp profile of a container or by"
                                    + " kernel.io_uring_disabled"));
        }
    }

    private void tellLack() {
        var lacking = new StringBuilder();
        for (int operation : new int[] {OPENAT, STATX, READ, WRITE, RENAMEAT}) {
            if (!has(operation)) {
                lacking.append(lacking.isEmpty() ? "" : ", ").append(nameOf(operation));
            }
        }
        if (!lacking.isEmpty() && LACK_TOLD.compareAndSet(false, true)) {
            LOG.log(System.Logger.Level.WARNING, "enableIoUring(): this kernel has no " + lacking + "; these calls on"
                    + " files are made on the blocking pool");
        }
    }

    private static String nameOf(int operation) {
        return switch (operation) {
            case OPENAT -> "OPENAT";
            case STATX -> "STATX";
            case READ -> "READ";
            case WRITE -> "WRITE";
            case RENAMEAT -> "RENAMEAT";
            default -> "operation=" + operation;
        };
    }

    /** For tests of what is told once. */
    static void forgetWhatWasTold() {
        REFUSAL_TOLD.set(false);
        LACK_TOLD.set(false);
    }

    /** Runs all that runs under the table's lock once, because linking may park, which it must not do there. */
    private void linkCallSites() {
        for (int turn = 0; turn < 2; turn++) {
            var call = new UringCall(this, buffers.take(1), false, null);
            call.number = table.add(call);
            table.cancel(kernel, ring, call, call.number);
            drain();
            buffers.give(discard(call));
        }
    }

    private ByteBuffer discard(UringCall call) {
        var unused = table.remove(call.number);
        return call.memory();
    }

    /** Says what is to be done before each operation begins, and when one has ended and its owner was woken. */
    public void onEach(Runnable begin, Runnable end) {
        atBegin = begin;
        atEnd = end;
    }

    /** The descriptor that becomes readable with ends that came in by themselves. */
    int eventDescriptor() {
        return NativeUring.eventFd(ring);
    }

    /** {@return whether the kernel has the operation} */
    public boolean has(int operation) {
        return (operations & 1L << operation) != 0;
    }

    /** {@return memory for an operation, which begin takes} */
    public ByteBuffer memory(int bytes) {
        return buffers.take(bytes);
    }

    void giveBack(ByteBuffer memory) {
        buffers.give(memory);
    }

    /** {@return how many operations are in flight} */
    public int inFlight() {
        return table.size();
    }

    /** {@return whether all ends of operations were waited for, and none is in flight} */
    boolean isReleased() {
        return !OPEN.contains(table);
    }

    // SAFETY, for every use of the ring's address below: it is freed by the last user only, and the caller is one, by
    // enter(). For the memory's: it is the call's, which the table keeps until the kernel is done with it, and a direct
    // buffer never moves. Its bounds are those that the caller has taken it with.

    /**
     * Begins an operation.
     *
     * @param memory whose address the operation has, or 0 in its place; this one's from now on
     * @param opens whether it results in a descriptor
     * @param whenEnded is run before its owner is woken; not where this returns null
     * @return null where the kernel does not take it
     */
    public @Nullable UringCall begin(
            Entry entry, ByteBuffer memory, boolean opens, @Nullable Runnable whenEnded) {
        var call = new UringCall(this, memory, opens, whenEnded);
        if (has(entry.operation()) && uses.enter()) {
            try {
                call.number = table.add(call);
                if (call.number >= 0) {
                    atBegin.run();
                    if (submit(call, entry)) {
                        return call;
                    }
                    var unused = table.remove(call.number);
                    atEnd.run();
                }
            } finally {
                leave();
            }
        }
        giveBack(memory);
        return null;
    }

    private boolean submit(UringCall call, Entry entry) {
        int result = submitOnce(call, entry);
        drain();
        if (result == -Errno.BUSY || result == -Errno.AGAIN) { // an old kernel, which has ends to get rid of first
            result = submitOnce(call, entry);
            drain();
        }
        return result == 0;
    }

    private int submitOnce(UringCall call, Entry entry) {
        return kernel.submit(ring, entry.operation(), entry.flags(), entry.fd(), entry.address(), entry.length(),
                entry.offset(), entry.operationFlags(), call.number);
    }

    /**
     * What the kernel is told of an operation; see io_uring_enter(2).
     *
     * @param flags of the entry
     * @param fd which file, or which directory paths begin at
     */
    public record Entry(
            int operation, int flags, int fd, long address, int length, long offset, int operationFlags) {
        /** A read or a write of the first bytes of the memory, where the file is. */
        public static Entry transfer(int operation, int fd, ByteBuffer memory, int length) {
            return new Entry(operation, length > INLINE_BYTES ? BY_KERNEL_THREAD : 0, fd,
                    DirectAddress.ofPosition(memory), length, CURRENT_POSITION, 0);
        }

        /** An operation on paths. */
        public static Entry path(int operation, int fd, long address, int length, long offset, int operationFlags) {
            return new Entry(operation, BY_KERNEL_THREAD, fd, address, length, offset, operationFlags);
        }
    }

    /** Wakes whose operations have ended; for each turn of the driver. */
    void turn() {
        if (uses.enter()) {
            try {
                drain();
            } finally {
                leave();
            }
        }
    }

    private void drain() {
        for (long end; (end = kernel.next(ring)) != NativeUring.EMPTY; ) {
            var call = table.remove((int) (end >>> Integer.SIZE));
            if (call != null) {
                call.ended((int) end);
                atEnd.run();
            }
        }
    }

    /** Asks the kernel to end an operation early. */
    void cancel(UringCall call) {
        if (uses.enter()) {
            try {
                table.cancel(kernel, ring, call, call.number);
                drain();
            } finally {
                leave();
            }
        }
    }

    /** Closes what an operation has opened and nobody has taken. */
    public static void closeDescriptor(int fd) {
        int result = NativeUring.closeFd(fd);
        if (result < 0) {
            LOG.log(System.Logger.Level.WARNING, SystemError.ofPoller("close fd=" + fd, -result).getMessage());
        }
    }

    /** Ends what is in flight; see the class. */
    void shutdown() {
        if (uses.isClosed()) {
            return;
        }
        long start = System.nanoTime();
        var left = table.close();
        while (!left.isEmpty() && System.nanoTime() - start < SHUTDOWN_LIMIT_NANOS) {
            for (var call : left) {
                table.cancel(kernel, ring, call, call.number);
            }
            int unused = NativeUring.await(ring, SHUTDOWN_STEP_MILLIS);
            drain();
            left = table.close();
        }
        for (var call : left) {
            call.abandon();
        }
        if (!left.isEmpty()) {
            LOG.log(System.Logger.Level.WARNING, "the runtime has ended with " + left.size() + " operations on files that"
                    + " the kernel does not end; their memory is kept");
        }
        if (uses.close()) {
            free();
        }
    }

    private void leave() {
        if (uses.leave()) {
            free();
        }
    }

    /** Called once, by the last user. */
    private void free() {
        if (table.size() == 0) {
            NativeUring.close(ring);
            OPEN.remove(table);
        }
    }
}
