package dev.edo.impl.cancel;

import dev.edo.future.Future;
import dev.edo.io.AsyncRead;
import dev.edo.io.Io;
import dev.edo.io.Simplex;
import dev.edo.io.SimplexReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that come in parts, one part for each await point, and then the end. Whoever reads has taken the parts that
 * it saw; those that came after its last poll must be there for whoever reads next.
 */
final class Feed {
    private static final int CAPACITY_BYTES = 256;

    private final Simplex pipe = Io.simplex(CAPACITY_BYTES);
    private final String[] parts;

    /** The parts; each character is a byte. */
    Feed(String... parts) {
        this.parts = parts;
    }

    /** As many parts as there are characters. */
    static Feed byByte(String text) {
        return new Feed(text.isEmpty() ? new String[0] : text.split(""));
    }

    SimplexReader reader() {
        return pipe.reader();
    }

    /** Gives the n-th part; after the last one the end. */
    void give(int n) throws Exception {
        if (n <= parts.length) {
            Catalogue.now("room", pipe.writer().write(bytes(parts[n - 1])));
        } else {
            pipe.writer().close();
        }
    }

    String parts(int from, int to) {
        return String.join("", Arrays.asList(parts).subList(Math.min(from, parts.length), Math.min(to, parts.length)));
    }

    /** A future that reads through an adapter and keeps what it has taken to itself. */
    Scenario readBy(Future<?> future, AsyncRead through, @Nullable Object value) {
        return Scenario.of(future).wokenAt(this::give).losesNothing(outcome -> {
            if (outcome.completed()) {
                Catalogue.expect("value", value, comparable(outcome.value()));
            }
            expectRest(outcome, through);
        });
    }

    /** What came after the last poll is there. */
    void expectRest(Outcome outcome, AsyncRead through) throws Exception {
        Catalogue.expect("bytes left", parts(outcome.seen(), outcome.provoked()), drain(through));
    }

    static String drain(AsyncRead source) throws Exception {
        var buffer = ByteBuffer.allocate(CAPACITY_BYTES);
        int n;
        do {
            var read = source.read(buffer);
            n = new CountingContext().poll(read) instanceof dev.edo.future.Poll.Ready<Integer>(var count) ? count : 0;
            read.cancel();
        } while (n > 0);
        return text(buffer.flip());
    }

    /** What stands for a value, as text where it is bytes. */
    static @Nullable Object comparable(@Nullable Object value) {
        return switch (value) {
            case byte[] bytes -> text(ByteBuffer.wrap(bytes));
            case ByteBuffer bytes -> text(bytes);
            case null, default -> value;
        };
    }

    static ByteBuffer bytes(String text) {
        return StandardCharsets.ISO_8859_1.encode(text);
    }

    static String text(ByteBuffer bytes) {
        return StandardCharsets.ISO_8859_1.decode(bytes.duplicate()).toString();
    }
}
