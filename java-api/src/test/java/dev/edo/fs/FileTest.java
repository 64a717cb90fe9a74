package dev.edo.fs;

import static dev.edo.fs.Polls.now;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.io.BufReader;
import dev.edo.io.IoResult;
import dev.edo.io.SeekFrom;
import dev.edo.runtime.RuntimeShutdownException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a file does when, with a pool that runs by hand: Tokio's own tests of its File, and more. */
class FileTest {
    private static final String HELLO = "hello world...";
    private static final String FOO = "foo bar baz...";
    private static final int MAX = File.DEFAULT_MAX_BUF_SIZE_BYTES;

    private final HandPool pool = new HandPool();
    private final ScriptedFile disk = new ScriptedFile();
    private final File file = open(new FileAccess(true, true));

    private File open(FileAccess access) {
        return new File(new SharedHandle<>(disk), new FileIdentity("f", null, null), access, pool);
    }

    private static ByteBuffer bytes(String text) {
        return StandardCharsets.ISO_8859_1.encode(text);
    }

    private static String text(ByteBuffer read) {
        return StandardCharsets.ISO_8859_1.decode(read.duplicate().flip()).toString();
    }

    /** A read that is begun, carried out and given up: its bytes are read ahead. */
    private void readAhead(String text) throws Exception {
        disk.reads(text);
        var given = file.read(ByteBuffer.allocate(32));
        new Polls().waitsFor(given);
        given.cancel();
        pool.runOne();
    }

    // ---- reading

    @Test
    void readGoesToThePoolOnceAndWakes() throws Exception {
        disk.reads(HELLO);
        var buffer = ByteBuffer.allocate(1024);
        var read = file.read(buffer);
        assertEquals(0, pool.size());
        var polls = new Polls().waitsFor(read).waitsFor(read);
        assertEquals(1, pool.size());
        assertFalse(polls.isWoken());
        pool.runOne();
        assertTrue(polls.isWoken());
        assertEquals(HELLO.length(), now(read));
        assertEquals(HELLO, text(buffer));
        assertEquals(List.of("read 1024"), disk.calls);
    }

    @Test
    void whatASmallerBufferLeavesComesWithoutTheDisk() throws Exception {
        readAhead(HELLO);
        var small = ByteBuffer.allocate(4);
        assertEquals(4, now(file.read(small)));
        var rest = ByteBuffer.allocateDirect(32);
        assertEquals(10, now(file.read(rest)));
        assertEquals(HELLO, text(small) + text(rest));
        assertEquals(0, pool.size());
    }

    @Test
    void largerBufferGetsWhatTheReadBeforeItAskedFor() throws Exception {
        disk.reads("hell").reads("o world...");
        var given = file.read(ByteBuffer.allocate(4));
        new Polls().waitsFor(given);
        given.cancel();
        pool.runOne();
        var buffer = ByteBuffer.allocate(32);
        assertEquals(4, now(file.read(buffer)));
        var next = file.read(buffer);
        var polls = new Polls().waitsFor(next);
        pool.runOne();
        assertTrue(polls.isWoken());
        assertEquals(10, now(next));
        assertEquals(HELLO, text(buffer));
        assertEquals(List.of("read 4", "read 28"), disk.calls);
    }

    @Test
    void readThatFailedMayBeFollowedByOneThatDoesNot() throws Exception {
        disk.fails("bad sector").reads(HELLO);
        var failing = file.read(ByteBuffer.allocate(32));
        var polls = new Polls().waitsFor(failing);
        pool.runOne();
        assertTrue(polls.isWoken());
        assertEquals("bad sector", assertThrows(IOException.class, () -> now(failing)).getMessage());
        var read = file.read(ByteBuffer.allocate(32));
        new Polls().waitsFor(read);
        pool.runOne();
        assertEquals(HELLO.length(), now(read));
    }

    @Test
    void endOfTheFileIsNoFailureAndMayMove() throws Exception {
        var read = file.read(ByteBuffer.allocate(32));
        new Polls().waitsFor(read);
        pool.runOne();
        assertEquals(-1, now(read));
        disk.reads("more");
        var again = file.read(ByteBuffer.allocate(32));
        new Polls().waitsFor(again);
        pool.runOne();
        assertEquals(4, now(again));
    }

    @Test
    void readsNoMoreThanTheBufferMayHold() throws Exception {
        var content = pattern(4 * MAX - 1);
        for (int start = 0; start < content.length; start += MAX) {
            disk.reads(slice(content, start, Math.min(start + MAX, content.length)));
        }
        var buffer = ByteBuffer.allocate(4 * MAX);
        while (buffer.position() < content.length) {
            var read = file.read(buffer);
            var polls = new Polls().waitsFor(read);
            pool.runOne();
            assertTrue(polls.isWoken());
            assertTrue(now(read) <= MAX);
        }
        assertArrayEquals(content, slice(buffer.array(), 0, buffer.position()));
        assertEquals("read " + MAX, disk.calls.getFirst());
    }

    private static byte[] pattern(int length) {
        var bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i % 151);
        }
        return bytes;
    }

    private static byte[] slice(byte[] bytes, int from, int to) {
        return java.util.Arrays.copyOfRange(bytes, from, to);
    }

    @Test
    void readIntoNothingReadsNothing() throws Exception {
        assertEquals(0, now(file.read(ByteBuffer.allocate(0))));
        assertEquals(0, pool.size());
    }

    @Test
    void readOnlyBufferIsRefusedBeforeAnythingIsRead() {
        assertThrows(ReadOnlyBufferException.class, () -> now(file.read(ByteBuffer.allocate(4).asReadOnlyBuffer())));
        assertEquals(0, pool.size());
    }

    /** Small reads of a large buffer never wait, and would keep their worker. */
    @Test
    void readAheadCostsBudget() throws Exception {
        readAhead(HELLO);
        var polls = new Polls();
        polls.budget = 2;
        var one = ByteBuffer.allocate(1);
        assertEquals(1, file.pollRead(polls, one));
        assertEquals(1, file.pollRead(polls, one.clear()));
        assertEquals(IoResult.PENDING, file.pollRead(polls, one.clear()));
        polls.budget = 1;
        assertEquals(1, file.pollRead(polls, one));
        assertEquals("l", text(one));
    }

    @Test
    void cancelledReadIsNotWoken() throws Exception {
        disk.reads(HELLO);
        var read = file.read(ByteBuffer.allocate(32));
        var polls = new Polls().waitsFor(read);
        read.cancel();
        pool.runOne();
        assertFalse(polls.isWoken());
    }

    // ---- writing

    @Test
    void writeCompletesWhenTheBytesAreInTheBuffer() throws Exception {
        var src = bytes(HELLO);
        assertEquals(HELLO.length(), now(file.write(src)));
        assertFalse(src.hasRemaining());
        assertEquals(1, pool.size());
        assertEquals(List.of(), disk.calls);
        pool.runOne();
        assertEquals(List.of("write " + HELLO), disk.calls);
        assertNull(now(file.flush()));
    }

    @Test
    void sourceOfAWriteMayBeUsedAgainAtOnce() throws Exception {
        var src = bytes(HELLO);
        now(file.write(src));
        src.clear().put(bytes("overwritten..."));
        pool.runOne();
        assertEquals(List.of("write " + HELLO), disk.calls);
    }

    @Test
    void flushOfAnIdleFileIsDone() throws Exception {
        assertNull(now(file.flush()));
        assertNull(now(file.shutdownOutput()));
    }

    @Test
    void flushAndShutdownWaitForTheWriteInFlight() throws Exception {
        now(file.write(bytes(HELLO)));
        var flush = file.flush();
        var polls = new Polls().waitsFor(flush);
        pool.runOne();
        assertTrue(polls.isWoken());
        assertNull(now(flush));
        now(file.write(bytes(FOO)));
        var shutdown = file.shutdownOutput();
        new Polls().waitsFor(shutdown);
        pool.runOne();
        assertNull(now(shutdown));
        assertEquals(List.of("write " + HELLO, "write " + FOO), disk.calls);
    }

    @Test
    void secondWriteWaitsForTheFirst() throws Exception {
        now(file.write(bytes(HELLO)));
        var second = file.write(bytes(FOO));
        var polls = new Polls().waitsFor(second);
        assertEquals(1, pool.size());
        pool.runOne();
        assertTrue(polls.isWoken());
        assertEquals(FOO.length(), now(second));
        pool.runOne();
        assertEquals(List.of("write " + HELLO, "write " + FOO), disk.calls);
    }

    @Test
    void writeThatIsGivenUpWhileItWaitsHasWrittenNothing() throws Exception {
        now(file.write(bytes(HELLO)));
        var src = bytes(FOO);
        var given = file.write(src);
        var polls = new Polls().waitsFor(given);
        given.cancel();
        pool.runOne();
        assertFalse(polls.isWoken());
        assertEquals(FOO.length(), src.remaining());
        now(file.flush());
        assertEquals(List.of("write " + HELLO), disk.calls);
    }

    @Test
    void flushThatIsGivenUpLosesNothing() throws Exception {
        now(file.write(bytes(HELLO)));
        var given = file.flush();
        new Polls().waitsFor(given);
        given.cancel();
        pool.runOne();
        now(file.write(bytes(FOO)));
        pool.runOne();
        now(file.flush());
        assertEquals(List.of("write " + HELLO, "write " + FOO), disk.calls);
    }

    @Test
    void writesNoMoreThanTheBufferMayHold() throws Exception {
        var content = pattern(4 * MAX - 1);
        var src = ByteBuffer.wrap(content);
        boolean first = true;
        var expected = new ArrayList<String>();
        while (src.hasRemaining()) {
            var write = file.write(src);
            int start = src.position();
            if (!first) {
                var polls = new Polls().waitsFor(write);
                pool.runOne();
                assertTrue(polls.isWoken());
            }
            first = false;
            int n = now(write);
            assertEquals(Math.min(MAX, content.length - start), n);
            expected.add("write " + n + " bytes from " + content[start]);
        }
        pool.runOne();
        assertEquals(expected, disk.calls);
    }

    @Test
    void severalBuffersAreOneTrip() throws Exception {
        file.setMaxBufSize(20);
        var srcs = new ByteBuffer[] {bytes(HELLO), bytes(""), bytes(FOO)};
        assertEquals(20, now(file.write(srcs)));
        assertEquals(8, srcs[2].remaining());
        pool.runOne();
        assertEquals(List.of("write hello world...foo ba"), disk.calls);
        assertTrue(file.isWriteVectored());
    }

    @Test
    void writeGoesOnUntilTheDiskHasAll() throws Exception {
        disk.takesAtMost(6);
        now(file.write(bytes(HELLO)));
        pool.runOne();
        assertEquals(List.of("write hello ", "write world.", "write .."), disk.calls);
    }

    @Test
    void writeOfNothingIsNoTrip() throws Exception {
        assertEquals(0, now(file.write(bytes(""))));
        assertEquals(0, pool.size());
    }

    // ---- failures of writes in the background

    @Test
    void failureOfAWriteComesFromTheNextWriteOnce() throws Exception {
        disk.fails("disk full");
        now(file.write(bytes(HELLO)));
        pool.runOne();
        var failure = assertThrows(IOException.class, () -> now(file.write(bytes(FOO))));
        assertEquals("disk full", failure.getMessage());
        assertEquals(FOO.length(), now(file.write(bytes(FOO))));
        pool.runOne();
        assertNull(now(file.flush()));
    }

    @Test
    void failureOfAWriteOutlivesARead() throws Exception {
        for (var last : Last.values()) {
            disk.fails("disk full").reads(HELLO);
            now(file.write(bytes(HELLO)));
            pool.runOne();
            var read = file.read(ByteBuffer.allocate(32));
            new Polls().waitsFor(read);
            pool.runOne();
            assertEquals(HELLO.length(), now(read));
            assertEquals("disk full", assertThrows(IOException.class, () -> last.of(file)).getMessage());
            assertNull(now(file.flush()));
        }
    }

    @Test
    void failureOfAWriteOutlivesASeek() throws Exception {
        for (var last : Last.values()) {
            disk.fails("disk full");
            now(file.write(bytes(HELLO)));
            pool.runOne();
            var seek = file.seek(SeekFrom.start(0));
            new Polls().waitsFor(seek);
            pool.runOne();
            assertEquals(0, now(seek));
            assertEquals("disk full", assertThrows(IOException.class, () -> last.of(file)).getMessage());
            assertNull(now(file.flush()));
        }
    }

    /** What tells of a write that failed. */
    private enum Last {
        WRITE,
        FLUSH,
        SHUTDOWN,
        SYNC_ALL,
        SYNC_DATA;

        void of(File file) throws Exception {
            var unused = switch (this) {
                case WRITE -> now(file.write(bytes(FOO)));
                case FLUSH -> now(file.flush());
                case SHUTDOWN -> now(file.shutdownOutput());
                case SYNC_ALL -> now(file.syncAll());
                case SYNC_DATA -> now(file.syncData());
            };
        }
    }

    /** The seek of a buffered reader meets the write that failed, and keeps its failure. */
    @Test
    void bufferedReaderSeeksAfterAWriteThatFailed() throws Exception {
        disk.fails("disk full");
        var reader = new BufReader<>(file);
        now(file.write(bytes(HELLO)));
        pool.runOne();
        var seek = reader.seek(SeekFrom.start(0));
        new Polls().waitsFor(seek);
        pool.runOne();
        assertEquals(0, now(seek));
        assertThrows(IOException.class, () -> now(file.flush()));
    }

    // ---- reading, then something else

    @Test
    void writeGoesBackByWhatWasReadAhead() throws Exception {
        readAhead(HELLO);
        now(file.write(bytes(FOO)));
        assertEquals(1, pool.size());
        pool.runOne();
        assertNull(now(file.flush()));
        assertEquals(List.of("read 32", "seek Current[bytes=-14]", "write " + FOO), disk.calls);
    }

    @Test
    void writeGoesBackByWhatWasNotTakenOnly() throws Exception {
        readAhead(HELLO);
        now(file.read(ByteBuffer.allocate(4)));
        now(file.write(bytes(FOO)));
        pool.runOne();
        assertEquals(List.of("read 32", "seek Current[bytes=-10]", "write " + FOO), disk.calls);
    }

    /** A clone has moved the position that both have, say: there is nothing to go back to. */
    @Test
    void writeThatCannotGoBackLeavesNothingToBeRead() throws Exception {
        readAhead(HELLO);
        disk.fails("no such place");
        now(file.write(bytes(FOO)));
        pool.runOne();
        assertThrows(IOException.class, () -> now(file.flush()));
        assertEquals(0, file.pollComplete(new Polls()));
        disk.reads(HELLO);
        var buffer = ByteBuffer.allocate(32);
        var read = file.read(buffer);
        new Polls().waitsFor(read);
        pool.runOne();
        assertEquals(HELLO.length(), now(read));
        assertEquals(HELLO, text(buffer));
        assertEquals(List.of("read 32", "seek Current[bytes=-14]", "seek Current[bytes=-14]", "read 32"), disk.calls);
    }

    @Test
    void flushKeepsWhatWasReadAhead() throws Exception {
        readAhead(HELLO);
        assertNull(now(file.flush()));
        var buffer = ByteBuffer.allocate(4);
        assertEquals(4, now(file.read(buffer)));
        assertEquals("hell", text(buffer));
    }

    @Test
    void emptyWriteKeepsWhatWasReadAhead() throws Exception {
        readAhead(HELLO);
        assertEquals(0, now(file.write(bytes(""))));
        assertEquals(4, now(file.read(ByteBuffer.allocate(4))));
        assertEquals(List.of("read 32"), disk.calls);
    }

    @Test
    void setLenGoesBackByWhatWasReadAhead() throws Exception {
        readAhead(HELLO);
        var setLen = file.setLen(123);
        new Polls().waitsFor(setLen);
        pool.runOne();
        assertNull(now(setLen));
        disk.reads(FOO);
        var buffer = ByteBuffer.allocate(32);
        var read = file.read(buffer);
        new Polls().waitsFor(read);
        pool.runOne();
        assertEquals(FOO.length(), now(read));
        assertEquals(FOO, text(buffer));
        assertEquals(List.of("read 32", "seek Current[bytes=-14]", "setLen 123", "read 32"), disk.calls);
    }

    @Test
    void seekCountsFromWhereTheUserIs() throws Exception {
        readAhead(HELLO);
        now(file.read(ByteBuffer.allocate(4)));
        var seek = file.seek(SeekFrom.current(3));
        new Polls().waitsFor(seek);
        pool.runOne();
        assertEquals(7, now(seek));
        assertEquals(List.of("read 32", "seek Current[bytes=-7]"), disk.calls);
    }

    /** The bytes that were dropped for it come again when it fails. */
    @Test
    void seekThatFailedLeavesThePositionAsItWas() throws Exception {
        readAhead(HELLO);
        now(file.read(ByteBuffer.allocate(4)));
        disk.fails("no such place");
        var seek = file.seek(SeekFrom.start(100));
        new Polls().waitsFor(seek);
        pool.runOne();
        assertThrows(IOException.class, () -> now(seek));
        assertEquals(4, file.pollComplete(new Polls()));
        now(file.write(bytes(FOO)));
        pool.runOne();
        assertEquals(List.of("read 32", "seek Start[bytes=100]", "seek Current[bytes=-10]", "write " + FOO),
                disk.calls);
    }

    @Test
    void seekFromWhereNothingIsLeftOfTheFileFails() throws Exception {
        readAhead(HELLO);
        var seek = file.seek(SeekFrom.current(Long.MIN_VALUE));
        new Polls().waitsFor(seek);
        pool.runOne();
        assertThrows(FileSystemException.class, () -> now(seek));
        assertEquals(List.of("read 32"), disk.calls);
    }

    @Test
    void positionIsCountedWithoutTheDisk() throws Exception {
        assertEquals(0, file.pollComplete(new Polls()));
        readAhead(HELLO);
        assertEquals(0, file.pollComplete(new Polls()));
        now(file.read(ByteBuffer.allocate(4)));
        assertEquals(4, file.pollComplete(new Polls()));
        now(file.write(bytes(FOO)));
        var polls = new Polls();
        assertEquals(IoResult.PENDING, file.pollComplete(polls));
        pool.runOne();
        assertTrue(polls.isWoken());
        assertEquals(4 + FOO.length(), file.pollComplete(polls));
    }

    @Test
    void seekWaitsForTheOperationInFlight() throws Exception {
        now(file.write(bytes(HELLO)));
        var refused = assertThrows(FileSystemException.class, () -> file.startSeek(SeekFrom.start(3)));
        assertTrue(refused.getMessage().contains("seek to Start[bytes=3] while another"), refused::getMessage);
        var seek = file.seek(SeekFrom.start(3));
        new Polls().waitsFor(seek);
        pool.runOne();
        new Polls().waitsFor(seek);
        pool.runOne();
        assertEquals(3, now(seek));
        assertEquals(List.of("write " + HELLO, "seek Start[bytes=3]"), disk.calls);
    }

    @Test
    void seekThatWasGivenUpIsFollowedByARead() throws Exception {
        disk.reads(HELLO);
        var given = file.seek(SeekFrom.start(3));
        var polls = new Polls().waitsFor(given);
        given.cancel();
        var read = file.read(ByteBuffer.allocate(32));
        new Polls().waitsFor(read);
        pool.runOne();
        assertFalse(polls.isWoken());
        new Polls().waitsFor(read);
        pool.runOne();
        assertEquals(HELLO.length(), now(read));
        assertEquals(List.of("seek Start[bytes=3]", "read 32"), disk.calls);
    }

    // ---- calls behind the operation in flight

    @Test
    void syncComesBehindTheWrite() throws Exception {
        now(file.write(bytes(HELLO)));
        var syncAll = file.syncAll();
        var polls = new Polls().waitsFor(syncAll);
        assertEquals(1, pool.size());
        pool.runOne();
        assertTrue(polls.isWoken());
        var second = new Polls().waitsFor(syncAll);
        assertEquals(1, pool.size());
        pool.runOne();
        assertTrue(second.isWoken());
        assertNull(now(syncAll));
        var syncData = file.syncData();
        new Polls().waitsFor(syncData);
        pool.runOne();
        assertNull(now(syncData));
        assertEquals(List.of("write " + HELLO, "syncAll", "syncData"), disk.calls);
    }

    @Test
    void syncKeepsWhatWasReadAhead() throws Exception {
        readAhead(HELLO);
        var sync = file.syncAll();
        new Polls().waitsFor(sync);
        pool.runOne();
        now(sync);
        assertEquals(4, now(file.read(ByteBuffer.allocate(4))));
    }

    @Test
    void failureOfASyncIsItsOwn() throws Exception {
        for (boolean all : new boolean[] {true, false}) {
            now(file.write(bytes(HELLO)));
            var sync = all ? file.syncAll() : file.syncData();
            new Polls().waitsFor(sync);
            pool.runOne();
            disk.fails("bad sector");
            new Polls().waitsFor(sync);
            pool.runOne();
            assertEquals("bad sector", assertThrows(IOException.class, () -> now(sync)).getMessage());
            assertNull(now(file.flush()));
        }
    }

    /** Otherwise nobody could know what a sync that worked is worth. */
    @Test
    void syncFailsWhereTheWriteBeforeItDidAndSyncsNothing() throws Exception {
        disk.fails("disk full");
        now(file.write(bytes(HELLO)));
        var sync = file.syncAll();
        new Polls().waitsFor(sync);
        pool.runOne();
        assertEquals("disk full", assertThrows(IOException.class, () -> now(sync)).getMessage());
        assertEquals(List.of("write " + HELLO), disk.calls);
    }

    @Test
    void setLenWakesAndTellsItsFailure() throws Exception {
        var setLen = file.setLen(123);
        var polls = new Polls().waitsFor(setLen);
        pool.runOne();
        assertTrue(polls.isWoken());
        assertNull(now(setLen));
        disk.fails("read-only disk");
        var failing = file.setLen(123);
        new Polls().waitsFor(failing);
        pool.runOne();
        assertThrows(IOException.class, () -> now(failing));
        assertThrows(IllegalArgumentException.class, () -> file.setLen(-1));
    }

    @Test
    void setLenLeavesTheFailureOfAWriteToTheNextFlush() throws Exception {
        disk.fails("disk full");
        now(file.write(bytes(HELLO)));
        pool.runOne();
        var setLen = file.setLen(3);
        new Polls().waitsFor(setLen);
        pool.runOne();
        assertNull(now(setLen));
        assertThrows(IOException.class, () -> now(file.flush()));
    }

    /** Another operation waits for it and sees its end; it still learns how it ended. */
    @Test
    void callWhoseEndSomethingElseSawIsTold() throws Exception {
        disk.fails("bad sector");
        var sync = file.syncAll();
        new Polls().waitsFor(sync);
        pool.runOne();
        assertNull(now(file.flush()));
        now(file.write(bytes(HELLO)));
        pool.runOne();
        assertNull(now(file.flush()));
        assertEquals("bad sector", assertThrows(IOException.class, () -> now(sync)).getMessage());
    }

    @Test
    void callThatWasGivenUpGoesOn() throws Exception {
        var given = file.setLen(5);
        var polls = new Polls().waitsFor(given);
        given.cancel();
        pool.runOne();
        assertFalse(polls.isWoken());
        assertNull(now(file.flush()));
        assertEquals(List.of("setLen 5"), disk.calls);
        assertThrows(IllegalStateException.class, () -> now(given));
    }

    // ---- what it was opened for

    @Test
    void whatItWasNotOpenedForIsRefusedAtOnce() {
        var writing = open(new FileAccess(false, true));
        var read = assertThrows(FileSystemException.class, () -> now(writing.read(ByteBuffer.allocate(1))));
        assertTrue(read.getMessage().contains("read(true)"), read::getMessage);
        var reading = open(new FileAccess(true, false));
        var write = assertThrows(FileSystemException.class, () -> now(reading.write(bytes(HELLO))));
        assertTrue(write.getMessage().contains("write(true)"), write::getMessage);
        assertEquals(0, pool.size());
    }

    @Test
    void bufferNeedsRoom() {
        assertThrows(IllegalArgumentException.class, () -> file.setMaxBufSize(0));
        assertEquals(MAX, file.maxBufSize());
    }

    // ---- closing

    @Test
    void idleFileIsClosedAtOnceAndOnce() throws Exception {
        file.close();
        file.close();
        assertEquals(List.of("close"), disk.calls);
        assertThrows(ClosedChannelException.class, () -> now(file.read(ByteBuffer.allocate(1))));
        assertThrows(ClosedChannelException.class, () -> now(file.write(bytes(HELLO))));
        assertThrows(ClosedChannelException.class, () -> now(file.flush()));
        assertThrows(ClosedChannelException.class, () -> now(file.seek(SeekFrom.start(0))));
        assertThrows(ClosedChannelException.class, () -> file.startSeek(SeekFrom.start(0)));
        assertThrows(ClosedChannelException.class, () -> now(file.syncAll()));
        assertThrows(ClosedChannelException.class, () -> now(file.tryClone()));
    }

    @Test
    void writeInFlightIsCarriedOutBeforeTheFileIsClosed() throws Exception {
        now(file.write(bytes(HELLO)));
        file.close();
        assertEquals(List.of(), disk.calls);
        pool.runOne();
        assertEquals(List.of("write " + HELLO, "close"), disk.calls);
    }

    /** Nobody can ask for what it would read. */
    @Test
    void readThatHasNotBegunIsNotMadeInAClosedFile() throws Exception {
        var read = file.read(ByteBuffer.allocate(32));
        new Polls().waitsFor(read);
        file.close();
        pool.runOne();
        assertEquals(List.of("close"), disk.calls);
        assertThrows(ClosedChannelException.class, () -> now(read));
    }

    @Test
    void closingTellsItsFailure() {
        disk.fails("server gone");
        assertThrows(IOException.class, file::close);
    }

    @Test
    void clonesShareTheFileAndTheLastOneClosesIt() throws Exception {
        file.setMaxBufSize(5);
        readAhead("hello");
        now(file.write(bytes(HELLO)));
        var clone = file.tryClone();
        var polls = new Polls().waitsFor(clone);
        pool.runOne();
        assertTrue(polls.isWoken());
        try (var second = now(clone)) {
            assertEquals(5, second.maxBufSize());
            assertEquals(5, second.pollComplete(new Polls()));
            file.close();
            file.close();
            now(second.write(bytes("bye")));
            pool.runOne();
        }
        assertEquals(List.of("read 5", "seek Current[bytes=-5]", "write hello", "write bye", "close"), disk.calls);
    }

    @Test
    void cloneLeavesTheFailureOfAWriteToTheFile() throws Exception {
        disk.fails("disk full");
        now(file.write(bytes(HELLO)));
        pool.runOne();
        var clone = now(file.tryClone());
        assertNull(now(clone.flush()));
        assertThrows(IOException.class, () -> now(file.flush()));
    }

    // ---- the runtime ends

    @Test
    void readThatTheShutdownDroppedSaysSoAndTheFileGoesOn() throws Exception {
        var read = file.read(ByteBuffer.allocate(32));
        var polls = new Polls().waitsFor(read);
        pool.shutDown();
        assertTrue(polls.isWoken());
        assertThrows(RuntimeShutdownException.class, () -> now(read));
        assertThrows(RuntimeShutdownException.class, () -> now(file.read(ByteBuffer.allocate(32))));
        assertThrows(RuntimeShutdownException.class, () -> now(file.seek(SeekFrom.start(0))));
        assertThrows(RuntimeShutdownException.class, () -> now(file.setLen(0)));
        assertThrows(RuntimeShutdownException.class, () -> now(file.syncAll()));
        assertNull(now(file.flush()));
        file.close();
        assertEquals(List.of("close"), disk.calls);
    }

    @Test
    void writeThatHasCompletedIsCarriedOutByAPoolThatEnds() throws Exception {
        now(file.write(bytes(HELLO)));
        pool.shutDown();
        pool.runOne();
        assertEquals(List.of("write " + HELLO), disk.calls);
        assertNull(now(file.flush()));
    }

    @Test
    void writeToAPoolThatHasEndedIsRefusedAndTakesNothing() throws Exception {
        readAhead(HELLO);
        pool.shutDown();
        var src = bytes(FOO);
        assertThrows(RuntimeShutdownException.class, () -> now(file.write(src)));
        assertThrows(RuntimeShutdownException.class, () -> now(file.write(src)));
        assertEquals(FOO.length(), src.remaining());
        assertNull(now(file.flush()));
        assertEquals(0, file.pollComplete(new Polls()));
        file.close();
        assertEquals(List.of("read 32", "close"), disk.calls);
    }

    // ---- its channel

    /**
     * A call like that of metadata() is a user of the handle while it is made, whoever has given it up; and so is a
     * write of a clone that was closed.
     */
    @Test
    void theChannelIsTakenWhenACallThatWasGivenUpHasBeenMade(@TempDir Path dir) throws Exception {
        try (var channel = FileChannel.open(dir.resolve("f"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            var shared = new SharedHandle<BlockingFile>(new ChannelFile(channel, "f", false));
            var taken = new File(shared, new FileIdentity("f", null, null), new FileAccess(true, true), pool);
            assertTrue(shared.acquire());
            assertNull(taken.tryIntoChannel());
            var into = taken.intoChannel();
            new Polls().waitsFor(into);
            pool.runOne();
            var polls = new Polls().waitsFor(into);
            assertFalse(polls.isWoken());
            shared.release();
            assertTrue(polls.isWoken());
            assertSame(channel, now(into));
            assertThrows(ClosedChannelException.class, () -> now(taken.flush()));
            assertTrue(channel.isOpen());
            assertThrows(IllegalStateException.class, () -> now(into));
        }
    }

    /** Nobody is woken by a call for who waits for it no more, and the file goes on. */
    @Test
    void whoGivesUpTakingTheChannelCanUseTheFile(@TempDir Path dir) throws Exception {
        try (var channel = FileChannel.open(dir.resolve("f"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            var shared = new SharedHandle<BlockingFile>(new ChannelFile(channel, "f", false));
            var kept = new File(shared, new FileIdentity("f", null, null), new FileAccess(true, true), pool);
            assertTrue(shared.acquire());
            var into = kept.intoChannel();
            new Polls().waitsFor(into);
            pool.runOne();
            var polls = new Polls().waitsFor(into);
            into.cancel();
            shared.release();
            assertFalse(polls.isWoken());
            now(kept.flush());
            assertSame(channel, kept.tryIntoChannel());
        }
    }

    @Test
    void theChannelIsNotTakenFromAClone(@TempDir Path dir) throws Exception {
        try (var channel = FileChannel.open(dir.resolve("f"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            var shared = new SharedHandle<BlockingFile>(new ChannelFile(channel, "f", false));
            var one = new File(shared, new FileIdentity("f", null, null), new FileAccess(true, true), pool);
            var clone = now(one.tryClone());
            assertTrue(shared.acquire());
            assertTrue(assertThrows(FileSystemException.class, one::tryIntoChannel).getMessage().contains("clone"));
            clone.close();
            assertNull(one.tryIntoChannel(), "a call of the clone is still being made");
            shared.release();
            assertSame(channel, one.tryIntoChannel());
        }
    }
}
