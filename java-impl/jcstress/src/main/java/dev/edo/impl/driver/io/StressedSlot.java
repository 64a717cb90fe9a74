package dev.edo.impl.driver.io;

import dev.edo.future.Context;
import dev.edo.impl.driver.WakeList;
import dev.edo.impl.natives.SlotLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** One slot, the ScheduledIo that has it, and the C side of publishing into it. */
final class StressedSlot {
    static final int R = SlotLayout.READABLE;

    final SlotRegion region;
    final MemorySegment slots;
    final int slot;
    final ScheduledIo io;
    private final WakeList batch = new WakeList();

    StressedSlot() {
        slots = MemorySegment.ofArray(new long[2 * SlotLayout.SIZE / Long.BYTES]);
        region = new SlotRegion(slots, Arena.global());
        slot = region.allocate(1, R);
        io = new ScheduledIo(region, slot, region.generation(slot), 1);
    }

    /** The steps of the C poll step, and those of the driver for what it reports. */
    void turn(long tick) {
        publish(tick);
        int claim = SlotLayout.waitingVolatile(slots, slot) & R;
        if (claim != 0 && (SlotLayout.andWaiting(slots, slot, ~claim) & claim) != 0) {
            io.wake(R, batch);
        }
    }

    void publish(long tick) {
        while (true) {
            long word = SlotLayout.readinessVolatile(slots, slot);
            if (SlotLayout.casReadiness(
                    slots, slot, word, SlotLayout.pack(tick, SlotLayout.ready(word) | R))) {
                return;
            }
        }
    }

    /** {@return whether the poll of a task found readiness} */
    boolean poll(Context cx) {
        return io.pollReadiness(cx, ReadyMask.READ, Direction.READ) != ReadinessWord.PENDING;
    }
}
