package dev.edo.examples.miniredis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edo.io.IoResult;
import dev.edo.net.TcpStream;
import dev.edo.runtime.EdoRuntime;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SessionTest {
    private final Channels channels = new Channels();
    private final StringBuilder written = new StringBuilder();
    private int reads;

    /** The race: a message is in the inbox, and the end of its subscription is read first. */
    @Test
    void aMessageOfAChannelComesBeforeTheEndOfItsSubscription() throws Exception {
        try (var runtime = EdoRuntime.builder().currentThread().enableAll().build()) {
            runtime.blockOn(() -> new Session(stream(), new Store(), channels).run());
        }
        assertEquals("*3|$9|subscribe|$1|a|:1|"
                + "*3|$7|message|$1|a|$3|one|"
                + "*3|$11|unsubscribe|$1|a|:0|"
                + "*3|$9|subscribe|$1|b|:1|", written.toString().replace("\r\n", "|"));
    }

    /** What the client sends; each read is ready, the second one together with a message. */
    private String nextRead() {
        return switch (reads++) {
            case 0 -> "SUBSCRIBE a\r\n";
            case 1 -> {
                channels.publish(Message.of(new Key(Reply.ascii("a")), Reply.ascii("one")));
                yield "UNSUBSCRIBE\r\nSUBSCRIBE b\r\n";
            }
            default -> "";
        };
    }

    private TcpStream stream() {
        return (TcpStream) Proxy.newProxyInstance(
                TcpStream.class.getClassLoader(),
                new Class<?>[] {TcpStream.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "pollRead" -> read((ByteBuffer) arguments[1]);
                    case "pollWrite" -> write((ByteBuffer) arguments[1]);
                    default -> InvocationHandler.invokeDefault(proxy, method, arguments);
                });
    }

    private int read(ByteBuffer target) {
        var bytes = Reply.ascii(nextRead());
        target.put(bytes);
        return bytes.length > 0 ? bytes.length : IoResult.END_OF_STREAM;
    }

    private int write(ByteBuffer source) {
        int count = source.remaining();
        written.append(StandardCharsets.US_ASCII.decode(source));
        return count;
    }
}
