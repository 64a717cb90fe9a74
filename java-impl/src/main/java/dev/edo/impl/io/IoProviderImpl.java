package dev.edo.impl.io;

import dev.edo.impl.runtime.RuntimeHandle;
import dev.edo.io.AsyncFd;
import dev.edo.io.AsyncRead;
import dev.edo.io.AsyncWrite;
import dev.edo.io.Interest;
import dev.edo.spi.FileRing;
import dev.edo.spi.IoProvider;
import dev.edo.task.JoinHandle;
import java.io.FileDescriptor;
import java.io.IOException;
import java.nio.channels.Channel;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Descriptors and standard streams for the API's static methods. */
public final class IoProviderImpl implements IoProvider {
    /** For the provider of everything. */
    public IoProviderImpl() {}

    @Override
    public AsyncFd openFd(int fd, Interest interest) throws IOException {
        return AsyncFdImpl.open(fd, interest);
    }

    @Override
    public AsyncRead stdin() {
        return new StdinReader(StdioDescriptor.STDIN, StdinThread.instance());
    }

    @Override
    public AsyncWrite stdout() {
        return new StdoutWriter(StdioDescriptor.STDOUT, FileDescriptor.out);
    }

    @Override
    public AsyncWrite stderr() {
        return new StdoutWriter(StdioDescriptor.STDERR, FileDescriptor.err);
    }

    @Override
    public OptionalInt descriptorOf(Channel channel) {
        return ChannelDescriptor.of(channel);
    }

    @Override
    public @Nullable FileRing fileRing() {
        return RuntimeHandle.current().fileRing();
    }

    @Override
    public <T extends @Nullable Object> @Nullable JoinHandle<T> spawnMandatoryBlocking(Callable<T> body) {
        return RuntimeHandle.current().spawnMandatoryBlocking(body);
    }
}
