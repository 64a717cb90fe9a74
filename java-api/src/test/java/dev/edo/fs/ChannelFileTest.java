package dev.edo.fs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edo.io.SeekFrom;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A channel that two clones of a file use at once. */
class ChannelFileTest {
    @TempDir
    private Path dir = Path.of("");

    private Path file() throws IOException {
        return Files.writeString(dir.resolve("file"), "0123456789");
    }

    /** The channel moves to the new end, the other clone writes, and then the position is put back. */
    @Test
    void writeDoesNotComeBetweenTheStepsOfSetLen() throws Exception {
        var path = file();
        try (var channel = new Watched(path)) {
            var file = new ChannelFile(channel, "f", false);
            assertEquals(10, file.seek(SeekFrom.start(10)));
            channel.afterTruncate = () -> channel.writeMeanwhile(file);
            file.setLen(4);
            channel.writer.join();
            assertEquals("0123\0\0\0\0\0\0XY", Files.readString(path));
            assertEquals(12, channel.position());
        }
    }

    /** One has read the position, the other moves it by writing, and then it is set. */
    @Test
    void writeDoesNotComeBetweenTheStepsOfASeek() throws Exception {
        var path = file();
        try (var channel = new Watched(path)) {
            var file = new ChannelFile(channel, "f", false);
            channel.afterPosition = () -> channel.writeMeanwhile(file);
            assertEquals(3, file.seek(SeekFrom.current(3)));
            channel.writer.join();
            assertEquals("012XY56789", Files.readString(path));
            assertEquals(5, channel.position());
        }
    }

    /** Does something when it has been asked for something, once. */
    private static final class Watched implements SeekableByteChannel {
        private final FileChannel channel;
        Runnable afterTruncate = () -> {};
        Runnable afterPosition = () -> {};
        Thread writer = new Thread();

        Watched(Path path) throws IOException {
            channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        }

        /** Another thread writes, and has done so or is blocked when this returns. */
        void writeMeanwhile(ChannelFile file) {
            writer = Thread.ofPlatform().start(() -> {
                try {
                    assertEquals(2, file.write(StandardCharsets.ISO_8859_1.encode("XY")));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            while (writer.isAlive() && writer.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
        }

        @Override
        public int read(ByteBuffer dst) throws IOException {
            return channel.read(dst);
        }

        @Override
        public int write(ByteBuffer src) throws IOException {
            return channel.write(src);
        }

        @Override
        public long position() throws IOException {
            long position = channel.position();
            var after = afterPosition;
            afterPosition = () -> {};
            after.run();
            return position;
        }

        @Override
        public SeekableByteChannel position(long newPosition) throws IOException {
            return channel.position(newPosition);
        }

        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public SeekableByteChannel truncate(long size) throws IOException {
            channel.truncate(size);
            var after = afterTruncate;
            afterTruncate = () -> {};
            after.run();
            return this;
        }

        @Override
        public boolean isOpen() {
            return channel.isOpen();
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
