package dev.edo.examples.printeachpacket;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.examples.LocalServer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PrintEachPacketTest {
    /** Hands each printed line to the test. */
    private record Printed(BlockingQueue<String> lines) implements Appendable {
        @Override
        public Appendable append(@Nullable CharSequence text) {
            lines.add(String.valueOf(text));
            return this;
        }

        @Override
        public Appendable append(@Nullable CharSequence text, int start, int end) {
            return append(String.valueOf(text).subSequence(start, end));
        }

        @Override
        public Appendable append(char c) {
            return append(String.valueOf(c));
        }
    }

    @Test
    void eachPieceIsPrintedAsItArrivesAndThenTheEnd() throws Exception {
        var lines = new LinkedBlockingQueue<String>();
        try (var server = new LocalServer(stream -> PrintEachPacket.print(stream, new Printed(lines)));
                var client = server.connect()) {
            client.send("abc");
            expect(lines, "3 bytes: 61 62 63"); // before the next one is sent
            client.send("\n");
            expect(lines, "1 bytes: 0a");
            client.endOutput();
            expect(lines, ": end");
        }
    }

    private static void expect(BlockingQueue<String> lines, String end) throws InterruptedException {
        var line = lines.poll(20, TimeUnit.SECONDS);
        assertTrue(line != null && line.strip().endsWith(end), () -> "expected " + end + ", got " + line);
    }
}
