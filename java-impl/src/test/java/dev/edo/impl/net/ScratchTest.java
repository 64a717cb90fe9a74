package dev.edo.impl.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import org.junit.jupiter.api.Test;

class ScratchTest {
    @Test
    void whatWasGivenBackIsTakenAgainAndNeverTwiceAtOnce() {
        var first = Scratch.take();
        first.giveBack();
        assertSame(first, Scratch.take());
        var all = Collections.newSetFromMap(new IdentityHashMap<Scratch, Boolean>());
        all.add(first);
        for (int i = 0; i < 300; i++) {
            all.add(Scratch.take());
        }
        assertEquals(301, all.size());
        new ArrayList<>(all).forEach(Scratch::giveBack);
        var one = Scratch.take();
        assertNotSame(one, Scratch.take());
    }

    @Test
    void vectorEndsWhereTheScratchIsUsedUp() {
        var heap = ByteBuffer.allocate(Scratch.BYTES - 10);
        var direct = ByteBuffer.allocateDirect(100).position(40);
        var tooMuch = ByteBuffer.allocate(50);
        var never = ByteBuffer.allocateDirect(7);
        var buffers = new ByteBuffer[] {ByteBuffer.allocate(0), heap, direct, tooMuch, never};
        try (var vector = BufferVector.toSend(buffers)) {
            assertEquals(3, vector.count());
            assertEquals(Scratch.BYTES - 10 + 60 + 10, vector.bytes());
            var entries = vector.scratch().vectors;
            assertEquals(MemorySegment.ofBuffer(direct).address(),
                    entries.getAtIndex(ValueLayout.JAVA_LONG, 2));
            assertEquals(60, entries.getAtIndex(ValueLayout.JAVA_LONG, 3));
            vector.sent(Scratch.BYTES - 10 + 60 + 3);
        }
        assertEquals(0, heap.remaining());
        assertEquals(0, direct.remaining());
        assertEquals(47, tooMuch.remaining());
        assertEquals(7, never.remaining());
    }

    @Test
    void vectorTakesSoManyBuffersAtMost() {
        var buffers = new ByteBuffer[Scratch.VECTORS + 5];
        for (int i = 0; i < buffers.length; i++) {
            buffers[i] = ByteBuffer.allocate(1);
        }
        try (var vector = BufferVector.toReceive(buffers)) {
            assertEquals(Scratch.VECTORS, vector.count());
            vector.scratch().bytes.put(0, (byte) 5).put(1, (byte) 6);
            vector.received(2);
        }
        assertEquals(5, buffers[0].get(0));
        assertEquals(6, buffers[1].get(0));
        assertEquals(0, buffers[2].position());
    }
}
