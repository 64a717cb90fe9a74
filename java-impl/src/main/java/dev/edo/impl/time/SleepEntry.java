package dev.edo.impl.time;

import dev.edo.future.Context;
import dev.edo.future.Poll;
import dev.edo.impl.runtime.RuntimeHandle;
import dev.edo.time.Instant;
import dev.edo.time.Sleep;
import org.jspecify.annotations.Nullable;

/** The API's timer, and its own node in the wheel. Belongs to the runtime it was made in. */
final class SleepEntry extends TimerEntry implements Sleep {
    private final RuntimeHandle runtime;

    SleepEntry(RuntimeHandle runtime, Instant deadline) {
        super(runtime.time(), deadline.nanos());
        this.runtime = runtime;
    }

    @Override
    int homeShard() {
        return runtime.timerShard();
    }

    @Override
    public Poll<@Nullable Void> poll(Context cx) {
        return pollElapsed(cx);
    }

    @Override
    public Instant deadline() {
        return new Instant(deadlineNanos);
    }

    @Override
    public boolean isElapsed() {
        return hasElapsed();
    }

    @Override
    public void reset(Instant deadline) {
        moveTo(deadline.nanos());
    }

    @Override
    public void cancel() {
        giveUp();
    }
}
