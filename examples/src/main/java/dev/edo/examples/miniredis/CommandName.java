package dev.edo.examples.miniredis;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The commands that there are, found by their bytes. */
enum CommandName {
    PING(1, 2), ECHO(2, 2), GET(2, 2), SET(3, 5), DEL(2, Integer.MAX_VALUE),
    EXISTS(2, Integer.MAX_VALUE), INCR(2, 2), EXPIRE(3, 3), TTL(2, 2), PUBLISH(3, 3),
    SUBSCRIBE(2, Integer.MAX_VALUE), UNSUBSCRIBE(1, Integer.MAX_VALUE),
    COMMAND(1, Integer.MAX_VALUE), CONFIG(2, Integer.MAX_VALUE), QUIT(1, 1);

    /** A hash table with open addressing; at most a quarter full. */
    private static final @Nullable CommandName[] TABLE = new @Nullable CommandName[64];

    static {
        for (var name : values()) {
            int slot = slot(name.bytes[0], name.bytes[name.bytes.length - 1], name.bytes.length);
            while (TABLE[slot] != null) {
                slot = slot + 1 & TABLE.length - 1;
            }
            TABLE[slot] = name;
        }
    }

    private final byte[] bytes = name().getBytes(StandardCharsets.US_ASCII);
    private final int leastWords;
    private final int mostWords;

    CommandName(int leastWords, int mostWords) {
        this.leastWords = leastWords;
        this.mostWords = mostWords;
    }

    /** The command whose name stands there, in large or small letters. */
    static @Nullable CommandName find(ByteBuffer in, int start, int length) {
        if (length == 0) {
            return null;
        }
        int slot = slot(upper(in.get(start)), upper(in.get(start + length - 1)), length);
        for (var name = TABLE[slot]; name != null; name = TABLE[slot = slot + 1 & TABLE.length - 1]) {
            if (Command.equalsIgnoringCase(in, start, length, name.bytes)) {
                return name;
            }
        }
        return null;
    }

    /** Whether a command may have so many words, its name among them. */
    boolean accepts(int words) {
        return words >= leastWords && words <= mostWords;
    }

    String lowercase() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static int slot(int first, int last, int length) {
        return first * 31 + last * 7 + length & TABLE.length - 1;
    }

    static int upper(int b) {
        return b >= 'a' && b <= 'z' ? b - 32 : b;
    }
}
