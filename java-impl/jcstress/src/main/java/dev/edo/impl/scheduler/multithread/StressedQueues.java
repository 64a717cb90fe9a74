package dev.edo.impl.scheduler.multithread;

import dev.edo.impl.scheduler.Census;
import dev.edo.impl.scheduler.Inject;
import dev.edo.impl.scheduler.Schedulable;
import dev.edo.impl.scheduler.StressItem;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/** A queue of four slots that holds some items, the queues of two thieves, and who took what. */
final class StressedQueues {
    private static final int CAPACITY = 4;
    private static final VarHandle BUFFER;

    static {
        try {
            BUFFER = MethodHandles.privateLookupIn(LocalQueue.class, MethodHandles.lookup())
                    .findVarHandle(LocalQueue.class, "buffer", Schedulable[].class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    final LocalQueue owner = new LocalQueue(CAPACITY);
    final LocalQueue thief = new LocalQueue(CAPACITY);
    final LocalQueue otherThief = new LocalQueue(CAPACITY);
    final Inject inject = new Inject();

    private final WorkerStats ownerStats = new WorkerStats();
    private final WorkerStats thiefStats = new WorkerStats();
    private final WorkerStats otherThiefStats = new WorkerStats();
    private final Census byOwner;
    private final Census byThief;
    private final Census byOtherThief;
    private final Census leftOver;
    private int pushed;

    /** A queue with some items present, of those there will be in all. */
    StressedQueues(int present, int all) {
        byOwner = new Census(all);
        byThief = new Census(all);
        byOtherThief = new Census(all);
        leftOver = new Census(all);
        for (int i = 0; i < present; i++) {
            push();
        }
    }

    /** The owner pushes the next item. */
    void push() {
        var item = new StressItem(pushed++);
        item.payload = 1;
        owner.pushBack(item, inject, ownerStats);
    }

    /** The owner takes one; its payload, or -1 when there was none. */
    int pop() {
        return count(owner.pop(), byOwner);
    }

    /** The thief takes half; the payload of the one it would run now, or -1 when there was none. */
    int steal() {
        return count(owner.stealInto(thief, thiefStats), byThief);
    }

    /** The other thief does the same. */
    int stealToo() {
        return count(owner.stealInto(otherThief, otherThiefStats), byOtherThief);
    }

    private static int count(@Nullable Schedulable item, Census census) {
        return census.add(item) ? ((StressItem) item).payload : -1;
    }

    /** How many the thief got, in the end. */
    int stolen() {
        return (int) thiefStats.steals;
    }

    /** Empties all queues; how many items nobody ever got. */
    int lost() {
        drain(owner);
        drain(thief);
        drain(otherThief);
        while (leftOver.add(inject.pop())) {
            continue;
        }
        return Census.lost(byOwner, byThief, byOtherThief, leftOver);
    }

    /** After {@link #lost()}: how many items came out more than once. */
    int twice() {
        return Census.twice(byOwner, byThief, byOtherThief, leftOver);
    }

    /** After {@link #lost()}: how many slots still refer to an item. */
    int slotsInUse() {
        int count = 0;
        for (var queue : new LocalQueue[] {owner, thief, otherThief}) {
            for (var slot : (Schedulable[]) BUFFER.get(queue)) {
                count += slot == null ? 0 : 1;
            }
        }
        return count;
    }

    private void drain(LocalQueue queue) {
        while (leftOver.add(queue.pop())) {
            continue;
        }
    }
}
