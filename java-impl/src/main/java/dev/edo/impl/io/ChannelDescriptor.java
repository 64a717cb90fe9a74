package dev.edo.impl.io;

import dev.edo.impl.natives.ModuleOpener;
import dev.edo.impl.natives.NativeLibrary;
import java.io.Closeable;
import java.io.FileDescriptor;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.nio.channels.Channel;
import java.nio.channels.FileChannel;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The number of the descriptor that a channel of the JDK's reads a file by, and channels of descriptors. Nothing public
 * tells the one or makes the other; fields and the method that the JDK itself uses are reached through opened packages.
 */
final class ChannelDescriptor {
    /** Null, both, where this JDK has other fields. */
    private static final @Nullable VarHandle DESCRIPTOR;

    private static final @Nullable VarHandle NUMBER;

    /** Null, both, where this JDK makes its channels in another way. */
    private static final @Nullable MethodHandle MAKE;

    private static final @Nullable VarHandle APPENDS;

    static {
        MethodHandle make = null;
        VarHandle appends = null;
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
        if (number != null) {
            try {
                appends = MethodHandles.privateLookupIn(FileDescriptor.class, MethodHandles.lookup())
                        .findVarHandle(FileDescriptor.class, "append", boolean.class);
                var channels = Class.forName("sun.nio.ch.FileChannelImpl");
                make = MethodHandles.privateLookupIn(channels, MethodHandles.lookup())
                        .findStatic(channels, "open", MethodType.methodType(FileChannel.class, FileDescriptor.class,
                                String.class, boolean.class, boolean.class, boolean.class, boolean.class,
                                Closeable.class));
            } catch (ReflectiveOperationException | RuntimeException e) {
                System.getLogger(ChannelDescriptor.class.getName()).log(System.Logger.Level.INFO,
                        "this JDK makes its channels in an unknown way: files are opened on the blocking pool", e);
            }
        }
        DESCRIPTOR = descriptor;
        NUMBER = number;
        MAKE = make;
        APPENDS = appends;
    }

    private ChannelDescriptor() {}

    private static void open(String packageName) throws IllegalAccessException {
        if (!ModuleOpener.open(packageName, ChannelDescriptor.class)) {
            throw new IllegalAccessException(packageName + " could not be opened");
        }
    }

    /** {@return whether there can be a channel of a descriptor} */
    static boolean makesChannels() {
        return MAKE != null;
    }

    /**
     * Makes a channel as the JDK does when it opens a file. Only where {@link #makesChannels}.
     *
     * @param number of an open descriptor, which is the channel's from then on
     * @param path for messages of the JDK's
     */
    static FileChannel channelOf(int number, String path, boolean reads, boolean writes, boolean appends) {
        if (MAKE == null || APPENDS == null || NUMBER == null) {
            throw new IllegalStateException("no channel of fd=" + number + ": this JDK makes them in an unknown way");
        }
        var descriptor = new FileDescriptor();
        NUMBER.set(descriptor, number);
        APPENDS.set(descriptor, appends);
        try {
            return (FileChannel) MAKE.invokeExact(descriptor, path, reads, writes, false, false, (Closeable) null);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("no channel of fd=" + number, e);
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
