package dev.edo.sync;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;

/**
 * A wait for permits, as a future of how it ended.
 *
 * @param acquire the wait
 */
record Wanting(Acquire acquire) implements Future<Acquisition> {
    @Override
    public Poll<Acquisition> poll(Context cx) {
        var result = acquire.pollAcquire(cx);
        return result == Acquisition.UNAVAILABLE ? Poll.pending() : Poll.ready(result);
    }

    @Override
    public void cancel() {
        acquire.cancelAcquire();
    }
}
