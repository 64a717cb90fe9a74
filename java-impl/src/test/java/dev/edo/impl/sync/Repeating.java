package dev.edo.impl.sync;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs one future after another; completes with how many there were. */
final class Repeating implements Future<Integer> {
    private final int times;
    private final Supplier<? extends Future<?>> next;
    private @Nullable Future<?> running;
    private int done;

    Repeating(int times, Supplier<? extends Future<?>> next) {
        this.times = times;
        this.next = next;
    }

    @Override
    public Poll<Integer> poll(Context cx) throws Exception {
        while (done < times) {
            var current = running;
            if (current == null) {
                running = current = next.get();
            }
            if (!current.poll(cx).isReady()) {
                return Poll.pending();
            }
            running = null;
            done++;
        }
        return Poll.ready(done);
    }

    @Override
    public void cancel() {
        if (running != null) {
            running.cancel();
        }
    }
}
