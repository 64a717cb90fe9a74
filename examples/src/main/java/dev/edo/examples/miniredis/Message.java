package dev.edo.examples.miniredis;

import java.io.ByteArrayOutputStream;
import java.util.List;

/** An array of words in RESP, made once and sent to many. */
final class Message {
    private Message() {}

    static byte[] of(List<byte[]> words) {
        var resp = new ByteArrayOutputStream();
        resp.writeBytes(Reply.ascii("*" + words.size() + "\r\n"));
        for (var word : words) {
            resp.writeBytes(Reply.ascii("$" + word.length + "\r\n"));
            resp.writeBytes(word);
            resp.writeBytes(Reply.ascii("\r\n"));
        }
        return resp.toByteArray();
    }
}
