package dev.edo.examples.miniredis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class InboxTest {
    private static final int MEGABYTE = 1 << 20;

    private final AtomicInteger closed = new AtomicInteger();
    private final Inbox inbox = new Inbox(closed::incrementAndGet);

    private static Message message(int bytes) {
        return new Message(new Key(new byte[0]), new byte[bytes]);
    }

    /** Else who never reads could have the server keep as much as others publish. */
    @Test
    void messagesThatNobodyTakesAreLimitedByTheirBytes() {
        var message = message(MEGABYTE);
        int offers = 0;
        while (closed.get() == 0 && offers < 1_000) {
            inbox.offer(message);
            offers++;
        }
        assertEquals(34, offers);
    }

    @Test
    void whoTakesEachMessageAtOnceGetsThemHoweverLargeAndMany() {
        var large = message(40 * MEGABYTE);
        for (int i = 0; i < 20_000; i++) {
            inbox.offer(large);
            assertSame(large, inbox.poll());
        }
        assertEquals(0, closed.get());
    }
}
