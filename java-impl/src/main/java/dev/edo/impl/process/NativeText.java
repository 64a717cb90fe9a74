package dev.edo.impl.process;

import dev.edo.impl.libc.PathBytes;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Text as the system passes it to programs. The encoding is that of paths; where that has ASCII only, as without any
 * locale, it is UTF-8, which most programs take such bytes for.
 */
final class NativeText {
    private static final Charset CHARSET =
            PathBytes.CHARSET.equals(StandardCharsets.US_ASCII) ? StandardCharsets.UTF_8 : PathBytes.CHARSET;

    private NativeText() {}

    /**
     * Encodes.
     *
     * @param what for the message: what this is
     * @return the bytes, without a zero at the end
     * @throws IllegalArgumentException when that is not possible
     */
    static byte[] encode(String what, String text) {
        if (text.indexOf(0) >= 0) {
            throw new IllegalArgumentException(what + "=" + text.replace("\0", "\\0")
                    + " has a character 0, where the system would cut it off; remove it");
        }
        try {
            var encoded = CHARSET.newEncoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .encode(CharBuffer.wrap(text));
            var bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(what + "=" + text + " has no form in " + CHARSET
                    + ", the encoding of this process (sun.jnu.encoding); start it in a locale of UTF-8", e);
        }
    }

    /** {@return text that stands for bytes, a character for each} */
    static String ofBytes(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** {@return the bytes that it stands for} */
    static byte[] toBytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
