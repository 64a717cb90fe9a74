package dev.edo.examples.miniredis;

import java.io.ByteArrayOutputStream;
import java.util.List;

/**
 * What somebody has published.
 *
 * @param channel where
 * @param resp an array of words in RESP, made once and sent to many
 */
record Message(Key channel, byte[] resp) {
    private static final byte[] MESSAGE = Reply.ascii("message");

    static Message of(Key channel, byte[] payload) {
        var words = List.of(MESSAGE, channel.bytes, payload);
        var resp = new ByteArrayOutputStream();
        resp.writeBytes(Reply.ascii("*" + words.size() + "\r\n"));
        for (var word : words) {
            resp.writeBytes(Reply.ascii("$" + word.length + "\r\n"));
            resp.writeBytes(word);
            resp.writeBytes(Reply.ascii("\r\n"));
        }
        return new Message(channel, resp.toByteArray());
    }
}
