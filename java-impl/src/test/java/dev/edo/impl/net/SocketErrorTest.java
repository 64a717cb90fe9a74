package dev.edo.impl.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.NoRouteToHostException;
import org.junit.jupiter.api.Test;

class SocketErrorTest {
    /** Netty throws this, without a word, for ENETUNREACH and for EHOSTUNREACH. */
    @Test
    void anUnreachableNetworkIsNotTakenForAnUnreachableHost() {
        var thrown = new NoRouteToHostException();
        var error = SocketError.of("connect to /192.0.2.1:80", thrown);
        assertEquals(NoRouteToHostException.class, error.getClass());
        String message = String.valueOf(error.getMessage());
        assertTrue(message.startsWith("connect to /192.0.2.1:80 failed: "), message);
        assertTrue(message.contains("ENETUNREACH") && message.contains("EHOSTUNREACH"), message);
        assertFalse(message.contains("errno="), message);
        assertSame(thrown, error.getCause());
    }
}
