package dev.edo.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ReadyTest {
    @Test
    void closedSidesCountAsReady() {
        assertTrue(Ready.READ_CLOSED.isReadable());
        assertTrue(Ready.WRITE_CLOSED.isWritable());
        assertFalse(Ready.READABLE.isReadClosed());
        assertFalse(Ready.ERROR.isReadable());
    }

    @Test
    void setsCanBeCombined() {
        var both = Ready.READABLE.union(Ready.WRITABLE);
        assertTrue(both.contains(Ready.WRITABLE));
        assertFalse(Ready.WRITABLE.contains(both));
        assertEquals(Ready.READABLE, both.subtract(Ready.WRITABLE));
        assertEquals(Ready.WRITABLE, both.intersection(Ready.WRITABLE.union(Ready.ERROR)));
        assertSame(Ready.EMPTY, both.subtract(both));
        assertTrue(Ready.EMPTY.isEmpty());
        assertTrue(Ready.ALL.contains(both));
        assertEquals("READABLE | WRITABLE", both.toString());
        assertEquals("EMPTY", Ready.EMPTY.toString());
        assertThrows(IllegalArgumentException.class, () -> Ready.ofBits(0x40));
    }

    @Test
    void interestIsAnsweredByItsOwnBitsAndTheClosedSide() {
        assertEquals(Ready.READABLE.union(Ready.READ_CLOSED), Ready.ALL.forInterest(Interest.READABLE));
        assertEquals(Ready.WRITABLE.union(Ready.WRITE_CLOSED), Ready.ALL.forInterest(Interest.WRITABLE));
        assertEquals(Ready.PRIORITY.union(Ready.READ_CLOSED), Ready.ALL.forInterest(Interest.PRIORITY));
        assertEquals(Ready.ERROR, Ready.ALL.forInterest(Interest.ERROR));
    }

    @Test
    void interestIsNeverEmpty() {
        var both = Interest.READABLE.add(Interest.ERROR);
        assertTrue(both.isReadable() && both.isError());
        assertFalse(both.isWritable() || both.isPriority());
        assertEquals(Interest.ERROR, both.remove(Interest.READABLE));
        assertThrows(IllegalArgumentException.class, () -> both.remove(both));
        assertThrows(IllegalArgumentException.class, () -> Interest.ofBits(0));
        assertThrows(IllegalArgumentException.class, () -> Interest.ofBits(Ready.READ_CLOSED.bits()));
        assertEquals(both, Interest.ofBits(both.bits()));
        assertEquals("READABLE | ERROR", both.toString());
    }
}
