package dev.edo.impl.io;

import dev.edo.impl.natives.ModuleOpener;
import dev.edo.impl.natives.NativeLibrary;
import java.io.FileDescriptor;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.channels.Channel;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The number of the descriptor that a channel of the JDK's reads a file by. Nothing public tells it; the two fields
 * that it is in are read through opened packages.
 */
final class ChannelDescriptor {
    /** Null, both, where this JDK has other fields. */
    private static final @Nullable VarHandle DESCRIPTOR;

    private static final @Nullable VarHandle NUMBER;

    static {
        VarHandle descriptor = null;
        VarHandle number = null;
        try {
            NativeLibrary.ensureLoaded();
            open("sun.nio.ch");
            open("java.io");
            var channels = Class.forName("sun.nio.ch.FileChannelImpl");
            number = MethodHandles.privateLookupIn(FileDescriptor.class, MethodHandles.lookup())
                    .findVarHandle(FileDescriptor.class, "fd", int.class);
            descriptor = MethodHandles.privateLookupIn(channels, MethodHandles.lookup())
                    .findVarHandle(channels, "fd", FileDescriptor.class);
        } catch (ReflectiveOperationException | RuntimeException e) {
            System.getLogger(ChannelDescriptor.class.getName()).log(System.Logger.Level.INFO,
                    "the channels of this JDK do not tell their descriptors: files are looked up by their paths", e);
        }
        DESCRIPTOR = descriptor;
        NUMBER = number;
    }

    private ChannelDescriptor() {}

    private static void open(String packageName) throws IllegalAccessException {
        if (!ModuleOpener.open(packageName, ChannelDescriptor.class)) {
            throw new IllegalAccessException(packageName + " could not be opened");
        }
    }

    /** {@return the number; empty where the channel is closed, not the JDK's own, or does not tell} */
    static OptionalInt of(Channel channel) {
        if (DESCRIPTOR == null || NUMBER == null || !DESCRIPTOR.coordinateTypes().getFirst().isInstance(channel)) {
            return OptionalInt.empty();
        }
        int number = (int) NUMBER.get((FileDescriptor) DESCRIPTOR.get(channel));
        return number < 0 ? OptionalInt.empty() : OptionalInt.of(number);
    }
}
