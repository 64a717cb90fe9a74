package dev.edo.fs;

import static dev.edo.fs.Polls.now;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.future.Poll;
import dev.edo.runtime.RuntimeShutdownException;
import dev.edo.stream.Stream;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A directory that fails, or whose pool ends. */
class ReadDirTest {
    private final HandPool pool = new HandPool();

    /** So many entries, then a failure. */
    private static final class Failing implements DirectoryStream<Path>, Iterator<Path> {
        private final int entries;
        private int given;
        private int closes;

        Failing(int entries) {
            this.entries = entries;
        }

        @Override
        public Iterator<Path> iterator() {
            return this;
        }

        @Override
        public boolean hasNext() {
            if (given == entries) {
                throw new DirectoryIteratorException(new IOException("bad sector"));
            }
            return true;
        }

        @Override
        public Path next() {
            if (given == entries) {
                throw new NoSuchElementException();
            }
            return Path.of("not there", "f" + given++);
        }

        @Override
        public void close() {
            closes++;
        }
    }

    private @Nullable DirEntry next(ReadDir entries) throws Exception {
        var next = entries.nextEntry();
        if (pool.size() == 0 && next.poll(new Polls()) instanceof Poll.Ready(var entry)) {
            return entry;
        }
        pool.runOne();
        return now(next);
    }

    @Test
    void failureComesBehindTheEntriesBeforeItAndIsTheEnd() throws Exception {
        for (int there : new int[] {0, 2, 32, 40}) {
            var directory = new Failing(there);
            var entries = ReadDir.read(Path.of("d"), directory, pool);
            for (int i = 0; i < there; i++) {
                var entry = next(entries);
                assertEquals("f" + i, entry == null ? "" : entry.fileName().toString());
            }
            assertEquals("bad sector", assertThrows(IOException.class, () -> next(entries)).getMessage());
            assertNull(next(entries));
            assertTrue(directory.closes > 0);
            entries.close();
        }
    }

    @Test
    void streamEndsWithTheFailure() throws Exception {
        var directory = new Failing(1);
        var stream = Stream.from(ReadDir.read(Path.of("d"), directory, pool));
        assertEquals(Path.of("f0"), now(stream.next().map(entry -> entry == null ? Path.of("") : entry.fileName())));
        assertFalse(stream.isTerminated());
        assertThrows(IOException.class, () -> now(stream.next()));
        assertTrue(stream.isTerminated());
        assertNull(now(stream.next()));
    }

    /** The kind of what is not there is asked for again by who wants to know it, and fails then. */
    @Test
    void entryWhoseKindCouldNotBeToldIsAnEntryAllTheSame() throws Exception {
        var entries = ReadDir.read(Path.of("d"), new Failing(1), pool);
        var entry = next(entries);
        assertEquals("DirEntry[" + Path.of("not there", "f0") + "]", String.valueOf(entry));
        assertEquals("ReadDir[d]", entries.toString());
    }

    @Test
    void tripThatTheShutdownDroppedSaysSoAndLosesNothing() throws Exception {
        var directory = new Failing(40);
        var entries = ReadDir.read(Path.of("d"), directory, pool);
        for (int i = 0; i < 32; i++) {
            next(entries);
        }
        var next = entries.nextEntry();
        new Polls().waitsFor(next);
        pool.shutDown();
        assertThrows(RuntimeShutdownException.class, () -> now(next));
        assertThrows(RuntimeShutdownException.class, () -> now(entries.nextEntry()));
        assertEquals(32, directory.given);
        entries.close();
        assertEquals(1, directory.closes);
    }
}
