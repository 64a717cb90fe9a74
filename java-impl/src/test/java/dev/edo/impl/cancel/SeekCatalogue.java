package dev.edo.impl.cancel;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Waker;
import dev.edo.io.AsyncRead;
import dev.edo.io.AsyncSeek;
import dev.edo.io.AsyncWrite;
import dev.edo.io.BufReader;
import dev.edo.io.BufStream;
import dev.edo.io.BufWriter;
import dev.edo.io.Io;
import dev.edo.io.IoResult;
import dev.edo.io.SeekFrom;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Seeks, which may have happened or not when they are given up; but nobody waits any more. */
final class SeekCatalogue extends Catalogue {
    private static final long END = 9;
    private static final long TARGET = 4;

    SeekCatalogue() {
        seek("AsyncSeek.seek(SeekFrom)", TARGET, file -> file.seek(SeekFrom.start(TARGET)));
        seek("AsyncSeek.rewind()", 0, AsyncSeek::rewind);
        seek("AsyncSeek.streamPosition()", END, AsyncSeek::streamPosition);
        seek("AsyncSeek.pollComplete(Context)", TARGET, SeekCatalogue::polled);
        seek("BufReader.pollComplete(Context)", TARGET, file -> polled(new BufReader<>(file)));
        seek("BufWriter.pollComplete(Context)", TARGET, file -> polled(new BufWriter<>(file)));
        seek("BufStream.pollComplete(Context)", TARGET, file -> polled(new BufStream<>(file)));
        add("Empty.pollComplete(Context)", () -> Scenario.of(Polled.seeking(Io.empty())).losesNothing(
                outcome -> expect("position", outcome.completed() ? 0L : null, outcome.value())));
    }

    private static Future<Long> polled(AsyncSeek target) throws Exception {
        target.startSeek(SeekFrom.start(TARGET));
        return Polled.seeking(target);
    }

    /** Begins a seek. */
    @FunctionalInterface
    private interface Seek {
        Future<?> in(SlowFile file) throws Exception;
    }

    private void seek(String method, long reached, Seek seek) {
        add(method, () -> {
            var file = new SlowFile();
            return Scenario.of(seek.in(file)).wokenBy(file::step).losesNothing(outcome -> {
                expect("somebody waits", false, file.isWaitedFor());
                if (outcome.completed()) {
                    expect("position", reached, file.position);
                }
                file.step();
                var position = file.streamPosition();
                while (!new CountingContext().poll(position).isReady()) {
                    file.step();
                }
            });
        });
    }

    /** What can be sought in, slowly: each poll that has work to do waits for a step, once. */
    private static final class SlowFile implements AsyncRead, AsyncWrite, AsyncSeek {
        private long position = END;
        private @Nullable SeekFrom seek;
        private boolean stepped;
        private @Nullable Waker waker;

        @Override
        public void startSeek(SeekFrom to) {
            seek = to;
            synchronized (this) {
                stepped = false;
            }
        }

        @Override
        public synchronized long pollComplete(Context cx) {
            var to = seek;
            if (to == null) {
                return position;
            }
            if (!stepped) {
                waker = cx.waker();
                return IoResult.PENDING;
            }
            seek = null;
            position = switch (to) {
                case SeekFrom.Start(long bytes) -> bytes;
                case SeekFrom.Current(long bytes) -> position + bytes;
                case SeekFrom.End(long bytes) -> END + bytes;
            };
            return position;
        }

        void step() {
            Waker woken;
            synchronized (this) {
                stepped = true;
                woken = waker;
                waker = null;
            }
            if (woken != null) {
                woken.wake();
            }
        }

        synchronized boolean isWaitedFor() {
            return waker != null;
        }

        @Override
        public synchronized void cancelSeek(Waker of) {
            if (waker == of) {
                waker = null;
            }
        }

        @Override
        public int pollRead(Context cx, ByteBuffer dst) {
            return IoResult.END_OF_STREAM;
        }

        @Override
        public int pollWrite(Context cx, ByteBuffer src) {
            return 0;
        }

        @Override
        public boolean pollFlush(Context cx) {
            return true;
        }

        @Override
        public boolean pollShutdown(Context cx) {
            return true;
        }
    }
}
