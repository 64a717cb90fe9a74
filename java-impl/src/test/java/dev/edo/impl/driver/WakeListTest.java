package dev.edo.impl.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edo.future.Waker;
import org.junit.jupiter.api.Test;

class WakeListTest {
    private int wakes;

    /** The log has the text of the waker, which fails as the waker does. */
    @Test
    void wakersBehindOneThatThrowsTwiceAreWoken() {
        var list = new WakeList();
        list.push(new Waker() {
            @Override
            public void wake() {
                throw new IllegalStateException("wake");
            }

            @Override
            public String toString() {
                throw new IllegalStateException("text");
            }
        });
        list.push(() -> wakes++);
        list.wakeAll();
        assertEquals(1, wakes);
    }
}
