package dev.edo.impl.io;

import dev.edo.impl.driver.io.Uring;
import dev.edo.impl.driver.io.Uring.Entry;
import dev.edo.impl.libc.PathBytes;
import dev.edo.impl.natives.DirectAddress;
import dev.edo.impl.natives.NativeUring;
import dev.edo.spi.FileRing;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Calls on files, as operations of a {@link Uring}: what the kernel is told of each, as the man pages of openat(2),
 * statx(2) and renameat(2) have it.
 *
 * @param ring in which they are in flight
 */
public record FileRingImpl(Uring ring) implements FileRing {
    /** Paths that the kernel takes end with a zero within so many bytes. */
    private static final int PATH_BYTES = 4096;

    private static final int HERE = -100; // AT_FDCWD; paths are absolute, so it does not matter
    private static final int WRITE_ONLY = 1;
    private static final int READ_WRITE = 2;
    private static final int CREATE = 0x40;
    private static final int EXCLUSIVE = 0x80;
    private static final int TRUNCATE = 0x200;
    private static final int APPEND = 0x400;
    private static final int CLOSE_ON_EXEC = 0x80000;
    private static final int ALL_READ_AND_WRITE = 0666;
    private static final int STATX_TYPE = 1;
    private static final int STATX_BYTES = 256;

    /** Whether a file can be asked about by its descriptor; else it is to be opened by the JDK, which notes its key. */
    private static final boolean HAS_LINKS_TO_OPEN_FILES = Files.isDirectory(Path.of("/proc/self/fd"));

    @Override
    public @Nullable Call read(int fd, int mostBytes, Runnable atEnd) {
        return transfer(Uring.READ, fd, ring.memory(mostBytes), mostBytes, atEnd);
    }

    @Override
    public @Nullable Call write(int fd, byte[] source, int offset, int length) {
        var memory = ring.memory(length);
        memory.put(0, source, offset, length);
        return transfer(Uring.WRITE, fd, memory, length, null);
    }

    private @Nullable Call transfer(int operation, int fd, ByteBuffer memory, int length, @Nullable Runnable atEnd) {
        return ring.begin(Entry.transfer(operation, fd, memory, length), memory, false, atEnd);
    }

    @Override
    public @Nullable Call open(Path path, How how, @Nullable Set<PosixFilePermission> mode) {
        var bytes = bytesOf(path);
        boolean mayOpen = HAS_LINKS_TO_OPEN_FILES && ChannelDescriptor.makesChannels();
        if (bytes == null || !mayOpen || !ring.has(Uring.OPENAT)) {
            return null;
        }
        var memory = ring.memory(PATH_BYTES);
        put(memory, 0, bytes);
        return ring.begin(Entry.path(Uring.OPENAT, HERE, DirectAddress.ofPosition(memory), bits(mode), 0, flags(how)),
                memory, true, null);
    }

    private static int flags(How how) {
        boolean writes = how.write() || how.append();
        int flags = CLOSE_ON_EXEC | (writes ? how.read() ? READ_WRITE : WRITE_ONLY : 0);
        flags |= how.append() ? APPEND : 0;
        flags |= how.truncate() ? TRUNCATE : 0;
        return flags | (how.createNew() ? CREATE | EXCLUSIVE : how.create() ? CREATE : 0);
    }

    /** The permissions, whose order in the enum is that of their bits from the highest on. */
    private static int bits(@Nullable Set<PosixFilePermission> mode) {
        if (mode == null) {
            return ALL_READ_AND_WRITE;
        }
        int bits = 0;
        for (var permission : mode) {
            bits |= 1 << PosixFilePermission.OTHERS_EXECUTE.ordinal() - permission.ordinal();
        }
        return bits;
    }

    @Override
    public @Nullable Call stat(Path path) {
        var bytes = bytesOf(path);
        if (bytes == null || !ring.has(Uring.STATX)) {
            return null;
        }
        var memory = ring.memory(PATH_BYTES + STATX_BYTES);
        put(memory, 0, bytes);
        long address = DirectAddress.ofPosition(memory);
        var entry = Entry.path(Uring.STATX, HERE, address, STATX_TYPE, address + PATH_BYTES, 0);
        return ring.begin(entry, memory, false, null);
    }

    @Override
    public @Nullable Call rename(Path from, Path to) {
        var source = bytesOf(from);
        var target = bytesOf(to);
        if (source == null || target == null || !ring.has(Uring.RENAMEAT)) {
            return null;
        }
        var memory = ring.memory(2 * PATH_BYTES);
        put(memory, 0, source);
        put(memory, PATH_BYTES, target);
        long address = DirectAddress.ofPosition(memory);
        var entry = Entry.path(Uring.RENAMEAT, HERE, address, HERE, address + PATH_BYTES, 0);
        return ring.begin(entry, memory, false, null);
    }

    /** {@return the bytes of a path; null where it is none of the system's own, or too long} */
    private static byte @Nullable [] bytesOf(Path path) {
        if (path.getFileSystem() != FileSystems.getDefault()) {
            return null;
        }
        var bytes = PathBytes.of(path.toAbsolutePath());
        return bytes.length < PATH_BYTES ? bytes : null;
    }

    private static void put(ByteBuffer memory, int at, byte[] path) {
        memory.put(at, path).put(at + path.length, (byte) 0);
    }

    @Override
    public FileChannel channel(int fd, Path path, How how) {
        boolean made = false;
        try {
            var channel = ChannelDescriptor.channelOf(
                    fd, path.toString(), how.read(), how.write() || how.append(), how.append());
            made = true;
            return channel;
        } finally {
            if (!made) {
                Uring.closeDescriptor(fd);
            }
        }
    }

    @Override
    public int close(int fd) {
        return NativeUring.closeFd(fd);
    }
}
