package dev.edo.impl.cancel;

import dev.edo.future.Future;
import dev.edo.io.AsyncWrite;
import dev.edo.io.Io;
import dev.edo.io.Simplex;
import dev.edo.io.SimplexWriter;
import java.nio.ByteBuffer;

/**
 * A sink that is full, and has room for one more byte after each await point. What it was given comes out once, in
 * order.
 */
final class Drain {
    /** What makes it full at the beginning. */
    static final String BEFORE = "x";

    private final Simplex pipe = Io.simplex(BEFORE.length());
    private final StringBuilder taken = new StringBuilder();

    Drain() throws Exception {
        Catalogue.now("room", pipe.writer().write(Feed.bytes(BEFORE)));
    }

    SimplexWriter writer() {
        return pipe.writer();
    }

    /** Makes room. */
    void take() throws Exception {
        var one = ByteBuffer.allocate(1);
        Catalogue.now("a byte", pipe.reader().read(one));
        synchronized (taken) {
            taken.append(Feed.text(one.flip()));
        }
    }

    /** What a future writes byte by byte: as many as there were polls that found room. */
    Scenario writtenBy(Future<?> future, String text) {
        return Scenario.of(future).wokenBy(this::take).losesNothing(
                outcome -> Catalogue.expect("bytes", BEFORE + text.substring(0, outcome.seen()), all()));
    }

    /** All that was written. */
    String all() throws Exception {
        synchronized (taken) {
            taken.append(Feed.drain(pipe.reader()));
            return taken.toString();
        }
    }

    /** All that was written, when what an adapter holds back was handed on. */
    String allBehind(AsyncWrite adapter) throws Exception {
        return allAfter(adapter.flush());
    }

    /** All that was written, when a flush is over. */
    String allAfter(Future<?> flush) throws Exception {
        while (!new CountingContext().poll(flush).isReady()) {
            String unused = all();
        }
        return all();
    }
}
