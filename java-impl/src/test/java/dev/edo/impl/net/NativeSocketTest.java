package dev.edo.impl.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.channels.ClosedChannelException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class NativeSocketTest {
    @Test
    void descriptorIsKeptUntilTheCallInFlightEnds() throws Exception {
        var socket = NativeSocket.stream(false);
        socket.call("test", s -> {
            socket.close();
            assertTrue(socket.isClosed());
            assertEquals(1, socket.callsInFlight());
            // The kernel gives out the lowest free number: it would be this one if it had been given back.
            try (var next = NativeSocket.stream(false)) {
                assertNotEquals(s.intValue(), next.intValue());
            }
            assertFalse(s.isReuseAddress(), "the descriptor is alive");
            return true;
        });
        assertEquals(0, socket.callsInFlight());
        assertFalse(socket.isOpen(), "and closed after it");
        assertThrows(ClosedChannelException.class, () -> SocketOptions.setNodelay(socket, true));
    }

    @Test
    void closeCountsAsACallUntilItIsFinished() throws Exception {
        var socket = NativeSocket.stream(false);
        assertTrue(socket.beginClose());
        assertFalse(socket.beginClose());
        assertTrue(socket.isOpen(), "the owner may still deregister it");
        assertThrows(ClosedChannelException.class, () -> SocketOptions.setNodelay(socket, true));
        assertTrue(socket.isOpen(), "a refused call does not end it");
        socket.finishClose();
        assertFalse(socket.isOpen());
        socket.close();
    }

    /**
     * One thread sets an option again and again while another closes the socket and at once opens a new
     * one, which gets the same number. If a call could outlive the descriptor it would change the
     * option of the new socket.
     */
    @Test
    void callsNeverHitTheNextOwnerOfTheNumber() throws Exception {
        int rounds = 3_000;
        int reused = 0;
        try (var threads = Executors.newFixedThreadPool(1)) {
            for (int round = 0; round < rounds; round++) {
                var socket = NativeSocket.stream(false);
                var start = new CyclicBarrier(2);
                var caller = threads.submit(() -> {
                    start.await();
                    return assertThrows(ClosedChannelException.class, () -> {
                        while (true) {
                            SocketOptions.setKeepalive(socket, true);
                        }
                    });
                });
                start.await();
                socket.close();
                try (var next = NativeSocket.stream(false)) {
                    reused += next.intValue() == socket.intValue() ? 1 : 0;
                    caller.get();
                    assertFalse(SocketOptions.keepalive(next), "round=" + round);
                }
            }
        }
        assertTrue(reused > 0, "no number was ever reused, so nothing was tested");
    }
}
