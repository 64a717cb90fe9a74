package dev.edo.io;

import static dev.edo.io.TestContext.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.future.Context;
import dev.edo.future.Waker;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SplitStreamTest {
    private final TestContext cx = new TestContext();

    @Test
    void halvesOfOneCutBelongTogetherAndOthersDoNot() {
        var stream = FakeStream.reading();
        var one = Io.split(stream);
        var other = Io.split(new FakeStream());
        assertTrue(one.read().isPairOf(one.write()));
        assertTrue(one.write().isPairOf(one.read()));
        assertFalse(one.read().isPairOf(other.write()));
        assertFalse(other.write().isPairOf(one.read()));
        assertThrows(IllegalArgumentException.class, () -> one.read().unsplit(other.write()));
        assertThrows(IllegalArgumentException.class, () -> other.read().unsplit(one.write()));
        assertSame(stream, one.unsplit());
        assertThrows(IllegalStateException.class, one::unsplit);
        assertThrows(IllegalStateException.class, () -> one.read().pollRead(cx, ByteBuffer.allocate(1)));
        assertThrows(IllegalStateException.class, () -> one.write().pollFlush(cx));
    }

    @Test
    void halvesPassEverythingOn() throws Exception {
        var stream = FakeStream.reading("ab", "cd").vectored();
        var halves = Io.split(stream);
        assertEquals(2, cx.now(halves.read().read(ByteBuffer.allocate(9))));
        assertEquals(2, cx.now(halves.read().read(new ByteBuffer[] {ByteBuffer.allocate(9)})));
        assertEquals(1, cx.now(halves.write().write(bytes("x"))));
        assertEquals(2, cx.now(halves.write().write(new ByteBuffer[] {bytes("y"), bytes("z")})));
        cx.now(halves.write().flush());
        cx.now(halves.write().shutdownOutput());
        assertEquals("xyz", stream.text());
        assertEquals(1, stream.flushes);
        assertEquals(1, stream.shutdowns);
        assertTrue(halves.write().isWriteVectored());
    }

    @Test
    void joinedPassesEverythingOn() throws Exception {
        var in = FakeStream.reading("ab", "cd");
        var out = new FakeStream().vectored();
        var joined = Io.join(in, out);
        assertEquals(2, cx.now(joined.read(ByteBuffer.allocate(9))));
        assertEquals(2, cx.now(joined.read(new ByteBuffer[] {ByteBuffer.allocate(9)})));
        assertEquals(2, cx.now(joined.write(new ByteBuffer[] {bytes("y"), bytes("z")})));
        cx.now(joined.flush());
        cx.now(joined.shutdownOutput());
        assertEquals("yz", out.text());
        assertEquals(1, out.flushes);
        assertEquals(1, out.shutdowns);
        assertTrue(joined.isWriteVectored());
        assertSame(in, joined.reader());
        assertSame(out, joined.writer());
    }

    /** A stream whose reads stop inside, so that the other half finds it taken. */
    private static final class SlowStream implements AsyncRead, AsyncWrite {
        final CountDownLatch inside = new CountDownLatch(1);
        final CountDownLatch leave = new CountDownLatch(1);
        volatile boolean slow = true;
        volatile @Nullable Waker forgotten;

        @Override
        public int pollRead(Context cx, ByteBuffer dst) {
            if (slow) {
                inside.countDown();
                try {
                    leave.await();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
            return IoResult.PENDING;
        }

        @Override
        public int pollWrite(Context cx, ByteBuffer src) {
            return 1;
        }

        @Override
        public boolean pollFlush(Context cx) {
            return true;
        }

        @Override
        public boolean pollShutdown(Context cx) {
            return true;
        }

        @Override
        public void cancelWrite(Waker waker) {
            forgotten = waker;
        }
    }

    /** The writer comes while the reader is inside: it must not block, and be woken when that leaves. */
    @Test
    void halfThatFindsTheStreamTakenIsWokenWhenItIsFree() throws Exception {
        var stream = new SlowStream();
        var halves = Io.split(stream);
        var failure = new AtomicReference<Throwable>();
        var reader = Thread.ofPlatform().start(() -> {
            try {
                int n = halves.read().pollRead(new TestContext(), ByteBuffer.allocate(1));
                assertEquals(IoResult.PENDING, n);
            } catch (Throwable t) {
                failure.set(t);
            }
        });
        stream.inside.await();
        assertEquals(IoResult.PENDING, halves.write().pollWrite(cx, bytes("x")));
        assertFalse(halves.write().pollFlush(cx));
        assertEquals(0, cx.wakes.get());
        // Giving up does not block either; the reader does it on its way out.
        var given = new TestContext();
        halves.write().cancelWrite(given);
        assertNull(stream.forgotten);
        stream.leave.countDown();
        reader.join();
        assertNull(failure.get());
        assertEquals(1, cx.wakes.get());
        assertSame(given, stream.forgotten);
        assertEquals(1, halves.write().pollWrite(cx, bytes("x")));
    }

    /** A waker that was given up while the stream was taken is not called when it is free. */
    @Test
    void halfThatGaveUpIsNotWoken() throws Exception {
        var stream = new SlowStream();
        var halves = Io.split(stream);
        var failure = new AtomicReference<Throwable>();
        var reader = Thread.ofPlatform().start(() -> {
            try {
                int n = halves.read().pollRead(new TestContext(), ByteBuffer.allocate(1));
                assertEquals(IoResult.PENDING, n);
            } catch (Throwable t) {
                failure.set(t);
            }
        });
        stream.inside.await();
        assertEquals(IoResult.PENDING, halves.write().pollWrite(cx, bytes("x")));
        halves.write().cancelWrite(cx);
        stream.leave.countDown();
        reader.join();
        assertNull(failure.get());
        assertEquals(0, cx.wakes.get());
    }

    /** A stream to which somebody comes while it forgets a waker. */
    private static final class ForgettingStream implements AsyncRead, AsyncWrite {
        private final Context next;
        private Step comes = _ -> IoResult.PENDING;
        private int visits;

        ForgettingStream(Context next) {
            this.next = next;
        }

        private void meet() {
            try {
                assertEquals(IoResult.PENDING, comes.poll(next));
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public int pollRead(Context cx, ByteBuffer dst) {
            visits++;
            return IoResult.PENDING;
        }

        @Override
        public int pollWrite(Context cx, ByteBuffer src) {
            visits++;
            return IoResult.PENDING;
        }

        @Override
        public boolean pollFlush(Context cx) {
            return true;
        }

        @Override
        public boolean pollShutdown(Context cx) {
            return true;
        }

        @Override
        public void cancelRead(Waker waker) {
            meet();
        }

        @Override
        public void cancelWrite(Waker waker) {
            meet();
        }
    }

    /**
     * A task that was aborted gives its wait up late, on another thread: who polls the same half meanwhile finds the
     * stream taken, and nobody else may ever use it.
     */
    @Test
    void halfThatComesWhileItsLastWaitIsGivenUpIsWoken() throws Exception {
        var stream = new ForgettingStream(cx);
        var halves = Io.split(stream);
        var given = new TestContext();
        assertEquals(IoResult.PENDING, halves.read().pollRead(given, ByteBuffer.allocate(1)));
        stream.comes = next -> halves.read().pollRead(next, ByteBuffer.allocate(1));
        halves.read().cancelRead(given);
        assertEquals(1, cx.wakes.get());
        assertEquals(IoResult.PENDING, halves.write().pollWrite(given, bytes("x")));
        stream.comes = next -> halves.write().pollWrite(next, bytes("x"));
        halves.write().cancelWrite(given);
        assertEquals(2, cx.wakes.get());
        assertEquals(2, stream.visits, "those who came were not let in");
        assertEquals(0, given.wakes.get());
    }

    /** A stream that fails to forget a waker, and to whose halves somebody comes while it is written to. */
    private static final class UnforgettingStream implements AsyncRead, AsyncWrite {
        private Runnable meanwhile = () -> {};
        private int reads;

        @Override
        public int pollRead(Context cx, ByteBuffer dst) {
            reads++;
            return IoResult.PENDING;
        }

        @Override
        public int pollWrite(Context cx, ByteBuffer src) {
            meanwhile.run();
            return IoResult.PENDING;
        }

        @Override
        public boolean pollFlush(Context cx) {
            return true;
        }

        @Override
        public boolean pollShutdown(Context cx) {
            return true;
        }

        @Override
        public void cancelRead(Waker waker) {
            throw new IllegalStateException("read");
        }

        @Override
        public void cancelWrite(Waker waker) {
            throw new IllegalStateException("write");
        }
    }

    private static int pollRead(AsyncRead half, Context cx) {
        try {
            return half.pollRead(cx, ByteBuffer.allocate(1));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Both halves give a wait up while the stream is taken, and the reading one comes again: it must get its turn. */
    @Test
    void streamThatThrowsWhenItForgetsAWakerIsGivenBack() {
        var stream = new UnforgettingStream();
        var halves = Io.split(stream);
        var given = new TestContext();
        stream.meanwhile = () -> {
            halves.read().cancelRead(given);
            halves.write().cancelWrite(given);
            assertEquals(IoResult.PENDING, pollRead(halves.read(), cx));
        };
        assertThrows(IllegalStateException.class, () -> halves.write().pollWrite(given, bytes("x")));
        assertEquals(1, cx.wakes.get(), "it found the stream taken");
        assertThrows(IllegalStateException.class, () -> pollRead(halves.read(), cx));
        assertEquals(0, stream.reads);
        assertEquals(IoResult.PENDING, pollRead(halves.read(), cx));
        assertEquals(1, stream.reads);
    }

    /** Both halves at once, from two threads, over a stream that notices when they are inside together. */
    @Test
    void halvesAreNeverInsideTogetherAndNeitherIsForgotten() throws Exception {
        var inside = new AtomicBoolean();
        var together = new AtomicInteger();
        final class Checking implements AsyncRead, AsyncWrite {
            private int visit() {
                if (!inside.compareAndSet(false, true)) {
                    together.incrementAndGet();
                }
                Thread.onSpinWait();
                inside.set(false);
                return 1;
            }

            @Override
            public int pollRead(Context cx, ByteBuffer dst) {
                return visit();
            }

            @Override
            public int pollWrite(Context cx, ByteBuffer src) {
                return visit();
            }

            @Override
            public boolean pollFlush(Context cx) {
                return true;
            }

            @Override
            public boolean pollShutdown(Context cx) {
                return true;
            }

            @Override
            public void cancelRead(Waker waker) {
                visit();
            }
        }

        int rounds = 20_000;
        var halves = Io.split(new Checking());
        var failure = new AtomicReference<Throwable>();
        var threads = new Thread[2];
        threads[0] = Thread.ofPlatform().start(() -> run(rounds, failure, cx -> {
            int n = halves.read().pollRead(cx, ByteBuffer.allocate(1));
            if (n > 0) {
                halves.read().cancelRead(cx.waker());
            }
            return n;
        }));
        threads[1] = Thread.ofPlatform().start(() ->
                run(rounds, failure, cx -> halves.write().pollWrite(cx, bytes("x"))));
        for (var thread : threads) {
            assertTrue(thread.join(Duration.ofSeconds(60)), "a half waits for ever");
        }
        assertNull(failure.get());
        assertEquals(0, together.get());
    }

    private interface Step {
        int poll(Context cx) throws Exception;
    }

    /** Goes on as a task does: after a pending poll only when woken. */
    private static void run(int rounds, AtomicReference<Throwable> failure, Step step) {
        var self = Thread.currentThread();
        var woken = new AtomicBoolean();
        Waker waker = () -> {
            woken.set(true);
            LockSupport.unpark(self);
        };
        try {
            for (int done = 0; done < rounds; ) {
                if (step.poll(Context.of(waker)) > 0) {
                    done++;
                } else {
                    while (!woken.getAndSet(false)) {
                        LockSupport.park();
                    }
                }
            }
        } catch (Throwable t) {
            failure.compareAndSet(null, t);
        }
    }
}
