package dev.edo.examples.echo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EchoExchangeTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 9, 64, 1000})
    void aReplyThatIsTheRequestIsIntact(int length) throws Exception {
        var exchange = new EchoExchange(new Payload(length), 3);
        for (int request = 0; request < 300; request++) {
            exchange.begin();
            assertTrue(exchange.isOpen());
            assertTrue(exchange.receive(ByteBuffer.wrap(send(exchange))));
            assertTrue(exchange.isIntact());
            assertFalse(exchange.isOpen());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 64})
    void eachSingleCorruptedByteIsFound(int length) throws Exception {
        var exchange = new EchoExchange(new Payload(length), 0);
        for (int at = 0; at < length; at++) {
            exchange.begin();
            byte[] reply = send(exchange);
            reply[at] ^= 1;
            assertTrue(exchange.receive(ByteBuffer.wrap(reply)));
            assertFalse(exchange.isIntact(), "byte " + at);
        }
        exchange.begin();
        exchange.receive(ByteBuffer.wrap(send(exchange)));
        assertTrue(exchange.isIntact());
    }

    @Test
    void aReplyMayComeInPiecesWhileTheRequestIsStillBeingSent() throws Exception {
        var exchange = new EchoExchange(new Payload(1000), 1);
        exchange.begin();
        var unsent = exchange.unsent();
        byte[] piece = new byte[100];
        for (int sent = 0; sent < 1000; sent += piece.length) {
            unsent.get(piece);
            assertEquals(sent == 900, exchange.receive(ByteBuffer.wrap(piece)));
        }
        assertTrue(exchange.isIntact());
    }

    @Test
    void aCorruptedByteInALaterPieceIsFound() throws Exception {
        var exchange = new EchoExchange(new Payload(100), 1);
        exchange.begin();
        byte[] reply = send(exchange);
        reply[70]++;
        assertFalse(exchange.receive(ByteBuffer.wrap(reply, 0, 60)));
        assertTrue(exchange.isIntact());
        assertTrue(exchange.receive(ByteBuffer.wrap(reply, 60, 40)));
        assertFalse(exchange.isIntact());
    }

    @Test
    void bytesThatWereNotSentAreAnError() throws Exception {
        var exchange = new EchoExchange(new Payload(10), 1);
        exchange.begin();
        send(exchange);
        assertThrows(ProtocolException.class, () -> exchange.receive(ByteBuffer.allocate(11)));

        var early = new EchoExchange(new Payload(10), 1);
        early.begin();
        assertThrows(ProtocolException.class, () -> early.receive(ByteBuffer.allocate(1)));
    }

    @Test
    void theReplyToTheRequestBeforeIsAMismatch() throws Exception {
        var exchange = new EchoExchange(new Payload(64), 1);
        exchange.begin();
        byte[] before = send(exchange);
        exchange.receive(ByteBuffer.wrap(before));
        exchange.begin();
        send(exchange);
        exchange.receive(ByteBuffer.wrap(before));
        assertFalse(exchange.isIntact());
    }

    @Test
    void requestsDifferByConnectionAndByRequest() {
        var payload = new Payload(16);
        var request = ByteBuffer.allocateDirect(16);
        var seen = new HashSet<ByteBuffer>();
        for (int connection = 0; connection < 100; connection++) {
            for (int sequence = 0; sequence < 100; sequence++) {
                payload.fill(request, connection, sequence);
                assertEquals(16, request.remaining());
                assertTrue(seen.add(ByteBuffer.allocate(16).put(request).flip()),
                        "connection " + connection + " request " + sequence);
            }
        }
    }

    private static byte[] send(EchoExchange exchange) {
        byte[] sent = new byte[exchange.unsent().remaining()];
        exchange.unsent().get(sent);
        return sent;
    }
}
