package dev.edo.test;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** One step of the script of a {@link MockIo}. */
sealed interface IoStep {
    /** Bytes that a read brings. */
    record Read(ByteBuffer bytes) implements IoStep {
        @Override
        public String toString() {
            return "read " + text(bytes);
        }
    }

    /** Bytes that are to be written. */
    record Write(ByteBuffer bytes) implements IoStep {
        @Override
        public String toString() {
            return "write " + text(bytes);
        }
    }

    /** What a read fails with. */
    record ReadError(IOException exception) implements IoStep {
        @Override
        public String toString() {
            return "readError " + exception;
        }
    }

    /** What a write fails with. */
    record WriteError(IOException exception) implements IoStep {
        @Override
        public String toString() {
            return "writeError " + exception;
        }
    }

    /** Time in which nothing can be read or written. */
    record Wait(Duration duration) implements IoStep {
        @Override
        public String toString() {
            return "wait " + duration;
        }
    }

    /** A step of the same kind that is used up on its own. */
    default IoStep copy() {
        return switch (this) {
            case Read(var bytes) -> new Read(bytes.duplicate());
            case Write(var bytes) -> new Write(bytes.duplicate());
            case ReadError _, WriteError _, Wait _ -> this;
        };
    }

    /** The bytes as a string literal; the first 64 of them. */
    static String text(ByteBuffer bytes) {
        var array = new byte[Math.min(bytes.remaining(), 64)];
        bytes.get(bytes.position(), array);
        var text = new StringBuilder("\"");
        for (char c : new String(array, StandardCharsets.ISO_8859_1).toCharArray()) {
            switch (c) {
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '"', '\\' -> text.append('\\').append(c);
                default -> {
                    if (c >= ' ' && c <= '~') {
                        text.append(c);
                    } else {
                        text.append(String.format("\\x%02x", (int) c));
                    }
                }
            }
        }
        text.append('"');
        return bytes.remaining() > array.length
                ? text + "... (" + bytes.remaining() + " bytes)"
                : text.toString();
    }
}
