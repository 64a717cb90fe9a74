package dev.edo.impl.driver.io;

import dev.edo.internal.SpinLock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The operations that a ring has in flight, by number.
 *
 * <p>Invariants: guarded by this lock. An operation is in here from before the kernel hears of it until its end was
 * taken from the ring, and so are the buffer and whatever else it keeps alive. Its number is not given to another one
 * meanwhile. After {@link #close} none is added.
 */
final class UringTable extends SpinLock {
    private static final int FIRST_LENGTH = 16;
    private static final int CLOSED = -1;

    private @Nullable UringCall[] calls = new @Nullable UringCall[FIRST_LENGTH];
    private int[] free = new int[FIRST_LENGTH];
    private int freeCount;
    private int used;
    private boolean closed;

    /** {@return the number of an operation from now on, or a negative number when closed} */
    int add(UringCall call) {
        lock();
        try {
            if (closed) {
                return CLOSED;
            }
            int number;
            if (freeCount > 0) {
                number = free[--freeCount];
            } else {
                if (used == calls.length) {
                    calls = Arrays.copyOf(calls, used << 1);
                    free = Arrays.copyOf(free, used << 1);
                }
                number = used++;
            }
            calls[number] = call;
            return number;
        } finally {
            unlock();
        }
    }

    /** {@return the operation that had the number, which is free again} */
    @Nullable UringCall remove(int number) {
        lock();
        try {
            var call = number >= 0 && number < used ? calls[number] : null;
            if (call != null) {
                calls[number] = null;
                free[freeCount++] = number;
            }
            return call;
        } finally {
            unlock();
        }
    }

    /** Asks for an early end of an operation, if it is in flight: its number cannot become another's meanwhile. */
    void cancel(UringCalls kernel, long ring, UringCall call, int number) {
        lock();
        try {
            if (number < used && calls[number] == call) {
                kernel.cancel(ring, number); // the end comes in time or not; there is nothing else to be done
            }
        } finally {
            unlock();
        }
    }

    /** {@return the operations in flight; none is added any more} */
    List<UringCall> close() {
        lock();
        try {
            closed = true;
            var inFlight = new ArrayList<UringCall>();
            for (int i = 0; i < used; i++) {
                var call = calls[i];
                if (call != null) {
                    inFlight.add(call);
                }
            }
            return inFlight;
        } finally {
            unlock();
        }
    }

    int size() {
        lock();
        try {
            return used - freeCount;
        } finally {
            unlock();
        }
    }
}
