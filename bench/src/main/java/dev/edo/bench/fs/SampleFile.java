package dev.edo.bench.fs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A file that the page cache holds. */
@State(Scope.Benchmark)
public class SampleFile {
    static final int CHUNK_BYTES = 4_096;
    static final int CHUNKS = 64;

    Path path = Path.of("");

    @Setup
    public void write() throws IOException {
        path = Files.createTempFile("edo-bench", ".data");
        Files.write(path, new byte[CHUNKS * CHUNK_BYTES]);
    }

    @TearDown
    public void delete() throws IOException {
        Files.delete(path);
    }
}
