package dev.edo.bench.peer;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.task.JoinHandle;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Awaits tasks one after the other, as {@code for h in handles { h.await }} does, and forgets them.
 *
 * @param <T> what the tasks return
 */
public final class AwaitAll<T extends @Nullable Object> implements Future<@Nullable Void> {
    private final List<JoinHandle<T>> handles;
    private int next;

    /**
     * Awaits all that are in the list when it is first polled.
     *
     * @param handles cleared at the end
     */
    public AwaitAll(List<JoinHandle<T>> handles) {
        this.handles = handles;
    }

    /**
     * The same in direct style.
     *
     * @param handles cleared at the end
     * @param <T> what the tasks return
     * @throws Exception what a task threw
     */
    public static <T extends @Nullable Object> void directly(List<JoinHandle<T>> handles) throws Exception {
        for (var handle : handles) {
            handle.await();
        }
        handles.clear();
    }

    @Override
    public Poll<@Nullable Void> poll(Context cx) throws Exception {
        while (next < handles.size()) {
            if (!handles.get(next).poll(cx).isReady()) {
                return Poll.pending();
            }
            next++;
        }
        handles.clear();
        return Poll.ready();
    }
}
