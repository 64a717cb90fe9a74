package dev.edo.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;

/**
 * What a reader of frames over a script answers, poll by poll.
 *
 * @param <T> the type of the frames
 */
final class Answers<T> {
    private final Script script;
    private final FramedRead<T> reader;

    Answers(Script script, FramedRead<T> reader) {
        this.script = script;
        this.reader = reader;
    }

    Answers<T> frame(Object expected) throws IOException {
        var frame = reader.pollNext(script.context());
        assertNotNull(frame, () -> reader.isTerminated() ? "the end" : "pending");
        assertEquals(expected, frame instanceof byte[] bytes ? Script.text(bytes) : frame);
        return this;
    }

    Answers<T> pending() throws IOException {
        assertNull(reader.pollNext(script.context()));
        assertFalse(reader.isTerminated(), "the end");
        return this;
    }

    Answers<T> end() throws IOException {
        assertNull(reader.pollNext(script.context()));
        assertTrue(reader.isTerminated(), "pending");
        return this;
    }

    <X extends IOException> X failure(Class<X> type) {
        return assertThrows(type, () -> reader.pollNext(script.context()));
    }
}
