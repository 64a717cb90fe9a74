package dev.edo.sync;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * A message in the ring of a {@link BroadcastChannel}.
 *
 * <p>Invariants: {@code remaining} counts the receivers that were there when it was sent and have
 * not taken it. Whoever takes it reads {@code value}, plainly, and then counts down by an atomic addition;
 * the last one lets go of the value.
 *
 * @param <T> the type of the value
 */
final class BroadcastMessage<T extends @Nullable Object> {
    private static final VarHandle REMAINING;

    static {
        try {
            REMAINING = MethodHandles.lookup().findVarHandle(BroadcastMessage.class, "remaining", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    final long position;
    private @Nullable T value;
    private volatile int remaining;

    BroadcastMessage(long position, T value, int receivers) {
        this.position = position;
        this.value = value;
        this.remaining = receivers;
    }

    /** Called once by each receiver that was counted. */
    @SuppressWarnings("NullAway") // null only where the message is, or after the last receiver
    T take() {
        T taken = value;
        if ((int) REMAINING.getAndAdd(this, -1) == 1) {
            value = null;
        }
        return taken;
    }

    boolean isTakenByAll() {
        return remaining == 0;
    }
}
