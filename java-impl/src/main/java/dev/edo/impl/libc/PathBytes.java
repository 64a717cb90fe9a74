package dev.edo.impl.libc;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.HexFormat;

/** The bytes of paths, as the system has them. */
public final class PathBytes {
    /** What the JDK makes of the bytes of a path, and back. */
    public static final Charset CHARSET = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));

    /** What the JDK has in the text of a path for bytes that are none. */
    public static final char REPLACEMENT = '\uFFFD';

    private static final Path ROOT = Path.of("/");

    private PathBytes() {}

    /**
     * {@return the bytes of a path of the default file system, without a zero at the end}
     *
     * @throws IllegalArgumentException when it is of another one
     */
    public static byte[] of(Path path) {
        requireKnown(path);
        String text = path.toString();
        return text.indexOf(REPLACEMENT) < 0 ? text.getBytes(CHARSET) : exactly(path);
    }

    /** Checks that the system knows a path: with that of a file in an archive, say, it would take another file. */
    public static void requireKnown(Path path) {
        if (path.getFileSystem() != FileSystems.getDefault()) {
            throw new IllegalArgumentException("path=" + path + " is of the file system " + path.getFileSystem()
                    + ", which other programs and the system do not know: expected one of the default file system");
        }
    }

    /** The bytes of a path that has no text: its URI has them all. */
    private static byte[] exactly(Path path) {
        String escaped = ROOT.resolve(path).toUri().getRawPath();
        int at = path.isAbsolute() ? 0 : 1;
        int end = escaped.endsWith("/") ? escaped.length() - 1 : escaped.length(); // of a directory
        var bytes = new ByteArrayOutputStream(end);
        while (at < end) {
            char c = escaped.charAt(at);
            if (c == '%') {
                bytes.write(HexFormat.fromHexDigits(escaped, at + 1, at + 3));
                at += 3;
            } else {
                bytes.write(c);
                at++;
            }
        }
        return bytes.toByteArray();
    }
}
