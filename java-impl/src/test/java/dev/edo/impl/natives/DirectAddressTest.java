package dev.edo.impl.natives;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class DirectAddressTest {
    @Test
    void itIsThatOfThePosition() {
        var buffer = ByteBuffer.allocateDirect(64);
        long start = MemorySegment.ofBuffer(buffer).address();
        assertEquals(start, DirectAddress.ofPosition(buffer));
        assertEquals(start + 7, DirectAddress.ofPosition(buffer.position(7)));
        assertEquals(start + 10, DirectAddress.ofPosition(buffer.slice().position(3)));
        assertEquals(start + 7, DirectAddress.ofPosition(buffer.asReadOnlyBuffer()));
    }

    @Test
    void theMemoryOfAnArenaIsFoundAndGuarded() {
        ByteBuffer buffer;
        try (var arena = Arena.ofConfined()) {
            var segment = arena.allocate(64);
            buffer = segment.asByteBuffer().position(5);
            assertEquals(segment.address() + 5, DirectAddress.ofPosition(buffer));
        }
        var e = assertThrows(IllegalStateException.class, () -> DirectAddress.ofPosition(buffer));
        assertTrue(e.getMessage().contains("closed"), e.getMessage());
    }

    @Test
    void itAllocatesNothing() {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        var buffer = ByteBuffer.allocateDirect(64);
        long sum = DirectAddress.ofPosition(buffer);
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 1_000; i++) {
            sum += DirectAddress.ofPosition(buffer.position(i % 64));
        }
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;
        assertTrue(bytes < 1_000, "bytes=" + bytes + " sum=" + sum);
    }
}
