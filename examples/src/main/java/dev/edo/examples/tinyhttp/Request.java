package dev.edo.examples.tinyhttp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The head of one request, understood where it lies in the buffer; one object serves a whole
 * connection and makes no garbage. Strict where two readings of a request could differ, as a proxy in
 * front might have taken the other one: a length or a host given twice, a name that is none, a line folded,
 * a carriage return in the middle of one.
 */
final class Request {
    private static final byte[] GET = ascii("GET");
    private static final byte[] HEAD = ascii("HEAD");
    private static final byte[] HTTP_1 = ascii("HTTP/1.");
    private static final byte[] CONTENT_LENGTH = ascii("content-length");
    private static final byte[] CONNECTION = ascii("connection");
    private static final byte[] TRANSFER_ENCODING = ascii("transfer-encoding");
    private static final byte[] CLOSE = ascii("close");
    private static final byte[] HOST = ascii("host");
    private static final byte[] HTTP_SCHEME = ascii("http://");
    private static final byte[] PLAINTEXT = ascii("/plaintext");
    private static final byte[] JSON = ascii("/json");
    private static final int MAX_LENGTH_DIGITS = 18;

    /** What the name of a header consists of: RFC 9110, 5.6.2. */
    private static final boolean[] IS_TOKEN = new boolean[128];

    static {
        for (int b = '!'; b <= '~'; b++) {
            IS_TOKEN[b] = "\"(),/:;<=>?@[\\]{}".indexOf(b) < 0;
        }
    }

    /** What a request can ask for. */
    enum Target { ROOT, PLAINTEXT, JSON, UNKNOWN }

    private boolean isGet;
    private boolean isHead;
    private Target target = Target.UNKNOWN;
    private boolean isHttp11;
    private boolean keepAlive;
    private long bodyBytes;
    private boolean hasLength;
    private boolean hasHost;

    boolean isGet() {
        return isGet;
    }

    boolean isHead() {
        return isHead;
    }

    Target target() {
        return target;
    }

    /** Whether the client means to send another one. */
    boolean keepAlive() {
        return keepAlive;
    }

    /** How long the body is that follows the head. */
    long bodyBytes() {
        return bodyBytes;
    }

    /**
     * Understands a head if all of it is there, and moves the buffer's position behind it; otherwise behind empty lines
     * before it.
     *
     * @return whether it was all there
     */
    boolean parse(ByteBuffer in) throws BadRequest {
        int start = in.position();
        int lineEnd = endOfLine(in, start);
        while (lineEnd >= 0 && contentEnd(in, start, lineEnd) == start) {
            start = lineEnd + 1; // RFC 9112, 2.2: empty lines before a request are ignored
            lineEnd = endOfLine(in, start);
        }
        in.position(start);
        if (lineEnd < 0) {
            return false;
        }
        // Headers first: nothing is decided before all of the head is there.
        bodyBytes = 0;
        hasLength = false;
        hasHost = false;
        parseRequestLine(in, start, contentEnd(in, start, lineEnd));
        for (int line = lineEnd + 1;;) {
            lineEnd = endOfLine(in, line);
            if (lineEnd < 0) {
                return false;
            }
            int end = contentEnd(in, line, lineEnd);
            if (end == line) {
                if (isHttp11 && !hasHost) {
                    throw new BadRequest(Responses.BAD_REQUEST); // RFC 9112, 3.2
                }
                in.position(lineEnd + 1);
                return true;
            }
            parseHeader(in, line, end);
            line = lineEnd + 1;
        }
    }

    /** The next line feed, or -1; refuses what others might take for the end of a line or of the text. */
    private static int endOfLine(ByteBuffer in, int from) throws BadRequest {
        for (int i = from, limit = in.limit(); i < limit; i++) {
            byte b = in.get(i);
            if (b == '\n') {
                return i;
            }
            if (b == '\r' && i + 1 < limit && in.get(i + 1) != '\n' || b == 0) {
                throw new BadRequest(Responses.BAD_REQUEST); // RFC 9112, 2.2; RFC 9110, 5.5
            }
        }
        return -1;
    }

    private static int contentEnd(ByteBuffer in, int start, int newline) {
        return newline > start && in.get(newline - 1) == '\r' ? newline - 1 : newline;
    }

    private void parseRequestLine(ByteBuffer in, int start, int end) throws BadRequest {
        int methodEnd = indexOf(in, (byte) ' ', start, end);
        int targetEnd = methodEnd < 0 ? -1 : indexOf(in, (byte) ' ', methodEnd + 1, end);
        int version = targetEnd + 1;
        if (targetEnd < 0
                || methodEnd == start
                || targetEnd == methodEnd + 1
                || end - version != HTTP_1.length + 1
                || !matches(in, version, version + HTTP_1.length, HTTP_1)) {
            throw new BadRequest(Responses.BAD_REQUEST);
        }
        byte minor = in.get(end - 1);
        if (minor != '0' && minor != '1') {
            throw new BadRequest(Responses.BAD_REQUEST);
        }
        isHttp11 = minor == '1';
        keepAlive = isHttp11; // who speaks 1.0 gets one answer
        isGet = matches(in, start, methodEnd, GET);
        isHead = matches(in, start, methodEnd, HEAD);
        target = targetOf(in, methodEnd + 1, targetEnd);
    }

    private static Target targetOf(ByteBuffer in, int start, int targetEnd) {
        int query = indexOf(in, (byte) '?', start, targetEnd);
        int end = query < 0 ? targetEnd : query;
        int path = start;
        int authority = start + HTTP_SCHEME.length;
        if (authority < end && matchesLowercase(in, start, authority, HTTP_SCHEME)) {
            path = indexOf(in, (byte) '/', authority, end); // RFC 9112, 3.2.2: all servers accept the absolute form
            if (path < 0) {
                return Target.ROOT;
            }
        }
        if (end - path == 1 && in.get(path) == '/') {
            return Target.ROOT;
        }
        if (matches(in, path, end, PLAINTEXT)) {
            return Target.PLAINTEXT;
        }
        return matches(in, path, end, JSON) ? Target.JSON : Target.UNKNOWN;
    }

    private void parseHeader(ByteBuffer in, int start, int end) throws BadRequest {
        int colon = endOfName(in, start, end);
        int from = colon + 1;
        while (from < end && isBlank(in.get(from))) {
            from++;
        }
        int to = end;
        while (to > from && isBlank(in.get(to - 1))) {
            to--;
        }
        switch (in.get(start) | 0x20) {
            case 'c' -> {
                if (matchesLowercase(in, start, colon, CONTENT_LENGTH)) {
                    parseLength(in, from, to);
                } else if (matchesLowercase(in, start, colon, CONNECTION)) {
                    parseConnection(in, from, to);
                }
            }
            case 'h' -> {
                if (matchesLowercase(in, start, colon, HOST)) {
                    if (hasHost) {
                        throw new BadRequest(Responses.BAD_REQUEST); // RFC 9112, 3.2
                    }
                    hasHost = true;
                }
            }
            case 't' -> {
                if (matchesLowercase(in, start, colon, TRANSFER_ENCODING)) {
                    throw new BadRequest(Responses.NO_CHUNKS);
                }
            }
            default -> { }
        }
    }

    /** Where the colon behind a header's name is; no blank stands in or behind a name, and no line begins with one. */
    private static int endOfName(ByteBuffer in, int start, int end) throws BadRequest {
        int i = start;
        while (i < end && in.get(i) >= 0 && IS_TOKEN[in.get(i)]) {
            i++;
        }
        if (i == start || i == end || in.get(i) != ':') {
            throw new BadRequest(Responses.BAD_REQUEST);
        }
        return i;
    }

    private void parseConnection(ByteBuffer in, int start, int end) {
        for (int from = start; from < end; ) {
            int comma = indexOf(in, (byte) ',', from, end);
            int to = comma < 0 ? end : comma;
            int tokenEnd = to;
            while (from < tokenEnd && isBlank(in.get(from))) {
                from++;
            }
            while (tokenEnd > from && isBlank(in.get(tokenEnd - 1))) {
                tokenEnd--;
            }
            if (matchesLowercase(in, from, tokenEnd, CLOSE)) {
                keepAlive = false;
            }
            from = to + 1;
        }
    }

    private void parseLength(ByteBuffer in, int start, int end) throws BadRequest {
        if (hasLength || start == end || end - start > MAX_LENGTH_DIGITS) {
            throw new BadRequest(Responses.BAD_REQUEST);
        }
        long length = 0;
        for (int i = start; i < end; i++) {
            int digit = in.get(i) - '0';
            if (digit < 0 || digit > 9) {
                throw new BadRequest(Responses.BAD_REQUEST);
            }
            length = length * 10 + digit;
        }
        hasLength = true;
        bodyBytes = length;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t';
    }

    private static int indexOf(ByteBuffer in, byte wanted, int start, int end) {
        for (int i = start; i < end; i++) {
            if (in.get(i) == wanted) {
                return i;
            }
        }
        return -1;
    }

    private static boolean matches(ByteBuffer in, int start, int end, byte[] word) {
        if (end - start != word.length) {
            return false;
        }
        for (int i = 0; i < word.length; i++) {
            if (in.get(start + i) != word[i]) {
                return false;
            }
        }
        return true;
    }

    /** As {@code matches}, for a word of small letters, dashes and what a header cannot contain. */
    private static boolean matchesLowercase(ByteBuffer in, int start, int end, byte[] word) {
        if (end - start != word.length) {
            return false;
        }
        for (int i = 0; i < word.length; i++) {
            int b = in.get(start + i);
            if ((b >= 'A' && b <= 'Z' ? b | 0x20 : b) != word[i]) {
                return false;
            }
        }
        return true;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
