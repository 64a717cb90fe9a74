package dev.edo.sync;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * Several groups of waiters that are woken by the same event, so that many waiters do not meet on
 * one lock.
 *
 * <p>Algorithm: a waiter has a place for life, which its owner chooses, and waits in that group.
 * Groups are made when somebody first waits in them; a group is never taken away.
 *
 * <p>Ordering: as {@link WaiterGroup}. Who finds no group here has made its change before the group
 * was made, and the waiter's second look comes after that.
 *
 * <p>Origin: {@code BigNotify} of Tokio's {@code sync/watch.rs}, which draws the group by lot at
 * each wait.
 */
final class WaiterGroups {
    private static final int GROUPS = 8;
    private static final VarHandle GROUP = MethodHandles.arrayElementVarHandle(WaiterGroup[].class);
    private static final VarHandle ARRAY;

    static {
        try {
            ARRAY = MethodHandles.lookup().findVarHandle(WaiterGroups.class, "groups", WaiterGroup[].class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private volatile @Nullable WaiterGroup @Nullable [] groups;

    /**
     * Finds the group of a waiter.
     *
     * @param place any number; neighbours wait in different groups
     * @return its group
     */
    WaiterGroup of(int place) {
        var array = groups;
        if (array == null) {
            array = new WaiterGroup[GROUPS];
            var other = (@Nullable WaiterGroup[]) ARRAY.compareAndExchange(this, null, array);
            array = other == null ? array : other;
        }
        int index = place & (GROUPS - 1);
        var group = (@Nullable WaiterGroup) GROUP.getVolatile(array, index);
        if (group != null) {
            return group;
        }
        var made = new WaiterGroup();
        var other = (@Nullable WaiterGroup) GROUP.compareAndExchange(array, index, null, made);
        return other == null ? made : other;
    }

    /** Wakes all; as {@link WaiterGroup#wakeAll}. */
    @Nullable Throwable wakeAll(@Nullable Throwable failure) {
        var array = groups;
        if (array == null) {
            return failure;
        }
        @Nullable Waiter chain = null; // one for all: it is worth more to wake many at once
        for (int i = GROUPS - 1; i >= 0; i--) {
            var group = (@Nullable WaiterGroup) GROUP.getVolatile(array, i);
            if (group != null) {
                chain = group.takeBefore(chain);
            }
        }
        return Waiter.wakeChain(chain, failure);
    }

    /** {@return whether nobody waits} */
    boolean isEmpty() {
        var array = groups;
        if (array != null) {
            for (int i = 0; i < GROUPS; i++) {
                var group = (@Nullable WaiterGroup) GROUP.getVolatile(array, i);
                if (group != null && !group.isEmpty()) {
                    return false;
                }
            }
        }
        return true;
    }
}
