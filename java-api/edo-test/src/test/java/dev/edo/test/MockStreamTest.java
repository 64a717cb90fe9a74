package dev.edo.test;

import static dev.edo.test.EdoAssertions.assertElapsed;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.stream.SizeHint;
import dev.edo.time.Instant;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MockStreamTest {
    @Test
    void emptyScriptIsAnEmptyStream() {
        try (var stream = MockStream.<Integer>builder().build()) {
            var probe = StreamProbe.of(stream);
            probe.assertEnd();
            probe.assertEnd();
        }
    }

    @EdoTest
    void elementsComeInOrder() throws Exception {
        try (var stream = MockStream.<Integer>builder().next(1).next(2).build()) {
            assertEquals(SizeHint.exactly(2), stream.sizeHint());
            assertEquals(1, stream.next().await());
            assertEquals(2, stream.next().await());
            assertNull(stream.next().await());
            assertNull(stream.next().await());
        }
    }

    @EdoTest(startPaused = true)
    void waitsHoldUpTheElementBehindThem() throws Exception {
        try (var stream = MockStream.<Integer>builder().next(1).wait(Duration.ofMillis(300)).next(2)
                .wait(Duration.ofMillis(500)).build()) {
            var start = Instant.now();
            assertEquals(1, stream.next().await());
            assertElapsed(start, Duration.ZERO);
            assertEquals(2, stream.next().await());
            assertElapsed(start, Duration.ofMillis(300));
            assertNull(stream.next().await());
            assertElapsed(start, Duration.ofMillis(800));
        }
    }

    @Test
    void failuresComeInThePlaceOfElements() {
        try (var stream = MockStream.<Integer>builder().error(new IOException("broken")).next(1).build()) {
            assertThrows(IOException.class, () -> StreamProbe.of(stream).pollNext());
            StreamProbe.of(stream).assertNext(1);
        }
    }

    @Test
    void unfinishedScriptFailsWhenClosed() {
        var stream = MockStream.<Integer>builder().next(1).next(2).build();
        stream.cancel();
        StreamProbe.of(stream).assertEnd();
        var e = assertThrows(AssertionError.class, stream::close);
        assertTrue(e.getMessage().contains("was not followed to its end"), e::getMessage);
        MockStream.<Integer>builder().wait(Duration.ofDays(1)).build().close();
    }

    @Test
    void failureOfTheTestIsNotHiddenByTheRestOfTheScript() {
        var e = assertThrows(IllegalStateException.class, () -> {
            try (var stream = MockStream.<Integer>builder().next(1).build()) {
                throw new IllegalStateException("the test's own, with " + stream);
            }
        });
        assertEquals(1, e.getSuppressed().length);
    }
}
