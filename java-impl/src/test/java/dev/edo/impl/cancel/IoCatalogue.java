package dev.edo.impl.cancel;

import dev.edo.io.BufReader;
import dev.edo.io.Io;
import dev.edo.io.SimplexReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Pipes in memory, and adapters around them: no byte is lost. */
final class IoCatalogue extends Catalogue {
    private static final int PIPE_BYTES = 4;

    IoCatalogue() {
        add("AsyncRead.read(ByteBuffer): of a pipe in memory", () -> {
            var pipe = Io.simplex(PIPE_BYTES);
            var buffer = ByteBuffer.allocate(16);
            return Scenario.of(pipe.reader().read(buffer))
                    .wokenBy(() -> now("room", pipe.writer().write(bytes("abc"))))
                    .losesNothing(outcome -> expect("bytes", 3 * outcome.provoked(),
                            buffer.position() + drain(pipe.reader()).length()));
        });
        add("AsyncWrite.write(ByteBuffer): to a pipe in memory", () -> {
            var pipe = Io.simplex(PIPE_BYTES);
            now("room", pipe.writer().write(bytes("1234")));
            var source = bytes("56");
            return Scenario.of(pipe.writer().write(source))
                    .wokenBy(() -> now("bytes", pipe.reader().read(ByteBuffer.allocate(PIPE_BYTES))))
                    .losesNothing(outcome -> {
                        expect("bytes taken", 2 * outcome.one(), source.position());
                        expect("bytes", (outcome.provoked() == 0 ? "1234" : "") + (outcome.completed() ? "56" : ""),
                                drain(pipe.reader()));
                    });
        });
        add("Lines.nextLine()", () -> {
            var pipe = Io.simplex(PIPE_BYTES);
            var lines = new BufReader<>(pipe.reader()).lines();
            var parts = new String[] {"ab", "cd", "e\n"};
            return Scenario.of(lines.nextLine())
                    .wokenAt(point -> now("room", pipe.writer().write(bytes(parts[point - 1]))))
                    .losesNothing(outcome -> {
                        if (outcome.completed()) {
                            expect("line", "abcde", outcome.value());
                            return;
                        }
                        var rest = lines.nextLine();
                        var cx = new CountingContext();
                        var poll = cx.poll(rest);
                        for (int i = outcome.provoked(); i < parts.length; i++) {
                            expect("line before its end", false, poll.isReady());
                            now("room", pipe.writer().write(bytes(parts[i])));
                            poll = cx.poll(rest);
                        }
                        expect("line", new dev.edo.future.Poll.Ready<>("abcde"), poll);
                    });
        });
    }

    private static ByteBuffer bytes(String text) {
        return StandardCharsets.UTF_8.encode(text);
    }

    private static String drain(SimplexReader reader) throws Exception {
        var buffer = ByteBuffer.allocate(64);
        var read = reader.read(buffer);
        if (!new CountingContext().poll(read).isReady()) {
            read.cancel();
        }
        return StandardCharsets.UTF_8.decode(buffer.flip()).toString();
    }
}
