package dev.edo.impl.natives;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Where the memory of a direct buffer lies.
 *
 * <p>The public way is {@link MemorySegment#ofBuffer}, which makes an object each time; that must not depend on
 * the JIT's mood on a path that runs once per system call. The two fields that are needed are read through an opened
 * package; where this JDK does not have them, the public way is taken.
 */
public final class DirectAddress {
    /** Null, both, where the public way is taken. */
    private static final @Nullable VarHandle ADDRESS;

    private static final @Nullable VarHandle SEGMENT;

    static {
        VarHandle address = null;
        VarHandle segment = null;
        try {
            NativeLibrary.ensureLoaded();
            if (ModuleOpener.open("java.nio", DirectAddress.class)) {
                var lookup = MethodHandles.privateLookupIn(Buffer.class, MethodHandles.lookup());
                segment = lookup.findVarHandle(Buffer.class, "segment", MemorySegment.class);
                address = lookup.findVarHandle(Buffer.class, "address", long.class);
            }
        } catch (ReflectiveOperationException | RuntimeException e) {
            System.getLogger(DirectAddress.class.getName()).log(System.Logger.Level.INFO,
                    "java.nio.Buffer of this JDK is not the expected one: each read and write of a direct buffer"
                            + " allocates an object", e);
            address = null;
        }
        ADDRESS = address;
        SEGMENT = segment;
    }

    private DirectAddress() {}

    /**
     * The address of the byte at a direct buffer's position. It is valid as long as the buffer is reachable and, where
     * an arena owns the memory, open.
     *
     * @throws IllegalStateException when the arena that owns the memory has been closed
     */
    public static long ofPosition(ByteBuffer direct) {
        if (ADDRESS == null || SEGMENT == null || (MemorySegment) SEGMENT.get((Buffer) direct) != null) {
            return ofSegment(direct);
        }
        return (long) ADDRESS.get((Buffer) direct) + direct.position();
    }

    private static long ofSegment(ByteBuffer direct) {
        var segment = MemorySegment.ofBuffer(direct);
        if (!segment.scope().isAlive()) {
            throw new IllegalStateException("the arena of this buffer has been closed: " + direct);
        }
        return segment.address();
    }
}
