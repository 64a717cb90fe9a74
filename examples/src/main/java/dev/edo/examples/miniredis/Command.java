package dev.edo.examples.miniredis;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One command, understood where it lies in the buffer: it knows where each word begins and how long
 * it is. One object serves a whole connection and makes no garbage; its words are good until the
 * buffer is compacted.
 *
 * <p>It comes as an array of words, each with its length, or as a line of words between blanks, with quotes around
 * those that have blanks in them: {@code SET greeting "hello\tworld"}.
 *
 * <p>Of a command that is not all there, the words that are have been understood for good: however
 * small the pieces that it comes in, each of its words is looked at once.
 */
final class Command {
    static final int MAX_BYTES = 64 << 20;
    private static final int MAX_WORDS = 1 << 20;
    private static final int MAX_INLINE_BYTES = 64 << 10;
    private static final int MAX_TEXT_BYTES = 128;
    private static final String UNBALANCED = "unbalanced quotes in request";
    private static final long UNKNOWN = -1;

    private ByteBuffer in = ByteBuffer.allocate(0);
    /** Where the command begins; its words are counted from there, so it may be moved until it is complete. */
    private int base;
    private int[] starts = new int[8];
    private int[] lengths = new int[8];
    private int words;
    private int cursor;
    /** How many words are to come of an array that was not all there; unknown before its head was. */
    private long missing = UNKNOWN;
    /** How many bytes of such an array were understood. */
    private int understood;

    /** How many words it has, its name among them; 0 for an empty line. */
    int words() {
        return words;
    }

    /** Which command it is. */
    @Nullable CommandName name() {
        return CommandName.find(in, start(0), lengths[0]);
    }

    private int start(int word) {
        return base + starts[word];
    }

    int length(int word) {
        return lengths[word];
    }

    /** Copies a word to the beginning of an array, which is long enough. */
    void copy(int word, byte[] target) {
        in.get(start(word), target, 0, lengths[word]);
    }

    byte[] bytes(int word) {
        var copy = new byte[lengths[word]];
        copy(word, copy);
        return copy;
    }

    /** A word as text, for messages; of a long one the beginning. */
    String text(int word) {
        var beginning = new byte[Math.min(lengths[word], MAX_TEXT_BYTES)];
        in.get(start(word), beginning);
        return new String(beginning, StandardCharsets.UTF_8);
    }

    /** Appends a word to a buffer that has room for it. */
    void append(int word, ByteBuffer out) {
        int position = out.position();
        out.put(position, in, start(word), lengths[word]);
        out.position(position + lengths[word]);
    }

    boolean is(int word, byte[] text) {
        return equalsIgnoringCase(in, start(word), lengths[word], text);
    }

    /**
     * A word as a number.
     *
     * @throws NumberFormatException where it is none, or too large
     */
    long number(int word) {
        return Decimal.parse(in, start(word), lengths[word]);
    }

    /**
     * Understands a command if all of it is there, and moves the buffer's position behind it.
     *
     * @param received begins where it did in the last call, if that found a part of a command; the
     *     bytes may lie elsewhere
     * @return whether it was all there
     */
    boolean parse(ByteBuffer received) throws ProtocolError {
        in = received;
        base = in.position();
        if (missing == UNKNOWN) {
            words = 0;
        }
        if (!in.hasRemaining()) {
            return false;
        }
        cursor = base + understood;
        boolean array = missing != UNKNOWN || in.get(base) == '*';
        boolean complete = array ? parseArray() : parseInline();
        if (complete) {
            in.position(cursor);
            missing = UNKNOWN;
            understood = 0;
        } else if (in.remaining() >= MAX_BYTES) {
            throw new ProtocolError("the command is longer than " + MAX_BYTES + " bytes");
        }
        return complete;
    }

    private boolean parseArray() throws ProtocolError {
        if (missing == UNKNOWN) {
            long count = parseHeader(MAX_WORDS, "invalid multibulk length");
            if (count == Long.MIN_VALUE) {
                return false;
            }
            missing = Math.max(0, count);
            understood = cursor - base;
        }
        while (missing > 0) {
            if (!parseWord()) {
                return false;
            }
            missing--;
            understood = cursor - base;
        }
        return true;
    }

    /** Understands the next word of an array if all of it is there. */
    private boolean parseWord() throws ProtocolError {
        if (cursor >= in.limit()) {
            return false;
        }
        if (in.get(cursor) != '$') {
            throw new ProtocolError("expected '$', got '" + (char) in.get(cursor) + "'");
        }
        long length = parseHeader(MAX_BYTES, "invalid bulk length");
        if (length == Long.MIN_VALUE) {
            return false;
        }
        if (length < 0) {
            throw new ProtocolError("invalid bulk length");
        }
        if (in.limit() - cursor < length + 2) {
            return false;
        }
        add(cursor, (int) length);
        cursor += (int) length + 2;
        return true;
    }

    /** The number behind a type byte, up to the end of its line; Long.MIN_VALUE if that is not there. */
    private long parseHeader(int most, String complaint) throws ProtocolError {
        int start = cursor + 1;
        int limit = Math.min(in.limit(), start + 16);
        for (int i = start; i < limit; i++) {
            if (in.get(i) == '\n') {
                int end = i > start && in.get(i - 1) == '\r' ? i - 1 : i;
                try {
                    long number = Decimal.parse(in, start, end - start);
                    if (number > most) {
                        throw new ProtocolError(complaint);
                    }
                    cursor = i + 1;
                    return number;
                } catch (NumberFormatException e) {
                    throw new ProtocolError(complaint);
                }
            }
        }
        if (limit < in.limit()) {
            throw new ProtocolError(complaint);
        }
        return Long.MIN_VALUE;
    }

    private boolean parseInline() throws ProtocolError {
        int end = cursor;
        while (end < in.limit() && in.get(end) != '\n') {
            end++;
        }
        if (end == in.limit()) {
            if (in.remaining() > MAX_INLINE_BYTES) {
                throw new ProtocolError("too big inline request");
            }
            return false;
        }
        int lineEnd = end > cursor && in.get(end - 1) == '\r' ? end - 1 : end;
        for (int i = cursor; i < lineEnd; ) {
            i = isBlank(in.get(i)) ? i + 1 : parseInlineWord(i, lineEnd);
        }
        cursor = end + 1;
        return true;
    }

    /**
     * Understands a word of a line, which may end with a part in quotes. These and what is escaped are taken out where
     * the word lies: it only becomes shorter.
     *
     * @return where the line goes on
     */
    private int parseInlineWord(int start, int end) throws ProtocolError {
        int to = start;
        byte quote = 0;
        int i = start;
        while (i < end && (quote != 0 || !isBlank(in.get(i)))) {
            byte b = in.get(i++);
            if (quote == 0 && (b == '"' || b == '\'')) {
                quote = b;
            } else if (quote != 0 && b == quote) {
                if (i < end && !isBlank(in.get(i))) {
                    throw new ProtocolError(UNBALANCED);
                }
                quote = 0;
            } else if (b == '\\' && i < end && quote == '"') {
                int code = in.get(i) == 'x' && i + 2 < end ? hexadecimal(i + 1) : -1;
                put(to++, code < 0 ? escaped(in.get(i)) : (byte) code);
                i += code < 0 ? 1 : 3;
            } else if (b == '\\' && i < end && quote == '\'' && in.get(i) == quote) {
                put(to++, quote);
                i++;
            } else {
                put(to++, b);
            }
        }
        if (quote != 0) {
            throw new ProtocolError(UNBALANCED);
        }
        add(start, to - start);
        return i;
    }

    private void put(int position, byte b) {
        if (in.get(position) != b) {
            in.put(position, b);
        }
    }

    private static boolean isBlank(byte b) {
        return Byte.toUnsignedInt(b) <= ' ';
    }

    /** What two digits stand for; -1 where they are none. */
    private int hexadecimal(int position) {
        int high = Character.digit(in.get(position), 16);
        int low = Character.digit(in.get(position + 1), 16);
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }

    /** What a letter behind a backslash stands for. */
    private static byte escaped(byte letter) {
        return (byte) switch (letter) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'b' -> '\b';
            case 'a' -> 7;
            default -> letter;
        };
    }

    private void add(int start, int length) {
        if (words == starts.length) {
            starts = Arrays.copyOf(starts, words * 2);
            lengths = Arrays.copyOf(lengths, words * 2);
        }
        starts[words] = start - base;
        lengths[words] = length;
        words++;
    }

    /** Compares with a word of capital letters. */
    static boolean equalsIgnoringCase(ByteBuffer in, int start, int length, byte[] capitals) {
        if (length != capitals.length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (CommandName.upper(in.get(start + i)) != capitals[i]) {
                return false;
            }
        }
        return true;
    }
}
