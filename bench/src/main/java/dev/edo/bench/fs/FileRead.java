package dev.edo.bench.fs;

import dev.edo.bench.Group;
import dev.edo.bench.Workload;
import dev.edo.bench.peer.AsyncBlock;
import dev.edo.bench.peer.AwaitLoop;
import dev.edo.bench.peer.EdoEither;
import dev.edo.fs.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/** A task opens a file and reads it 4 KiB at a time. */
@Workload(value = "{flavor}_file_read_4k", group = Group.BLOCKING, operation = "read")
@OperationsPerInvocation(SampleFile.CHUNKS)
public class FileRead {
    @Benchmark
    public void stackless(EdoEither edo, SampleFile sample) throws Exception {
        edo.runtime.blockOn(edo.runtime.spawn(new AsyncBlock<>(() -> File.open(sample.path).then(file -> {
            var buffer = ByteBuffer.allocateDirect(SampleFile.CHUNK_BYTES);
            return new AwaitLoop<>(SampleFile.CHUNKS, () -> file.read(buffer.clear()), FileRead::requireWhole)
                    .map(_ -> closed(file));
        }))));
    }

    @Benchmark
    public void direct(EdoEither edo, SampleFile sample) throws Exception {
        edo.runtime.blockOn(edo.runtime.spawn(() -> {
            try (var file = File.open(sample.path).await()) {
                var buffer = ByteBuffer.allocateDirect(SampleFile.CHUNK_BYTES);
                for (int i = 0; i < SampleFile.CHUNKS; i++) {
                    requireWhole(file.read(buffer.clear()).await());
                }
            }
        }));
    }

    @Benchmark
    public void virtualThreads(SampleFile sample) throws Exception {
        var reader = new FutureTask<@Nullable Void>(() -> {
            try (var file = FileChannel.open(sample.path)) {
                var buffer = ByteBuffer.allocateDirect(SampleFile.CHUNK_BYTES);
                for (int i = 0; i < SampleFile.CHUNKS; i++) {
                    requireWhole(file.read(buffer.clear()));
                }
            }
            return null;
        });
        Thread.startVirtualThread(reader);
        reader.get(); // a join would not tell that the thread has failed
    }

    private static File closed(File file) {
        try {
            file.close();
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void requireWhole(int bytes) {
        if (bytes != SampleFile.CHUNK_BYTES) {
            throw new IllegalStateException("read " + bytes + " bytes, expected " + SampleFile.CHUNK_BYTES);
        }
    }
}
