package dev.edo.impl.runtime;

import dev.edo.impl.scheduler.ThreadContext;
import java.util.OptionalInt;

/** Which worker the calling code runs on. */
final class CurrentWorker {
    private CurrentWorker() {}

    static OptionalInt index() {
        var context = ThreadContext.carrier();
        if (context == null) {
            return OptionalInt.empty();
        }
        if (context.core != null) {
            return OptionalInt.of(0);
        }
        var worker = context.worker;
        if (worker != null) {
            return OptionalInt.of(worker.index());
        }
        var blockingOn = Thread.currentThread().isVirtual() ? null : context.blockingOn;
        return blockingOn != null && blockingOn.currentThread() != null ? OptionalInt.of(0) : OptionalInt.empty();
    }
}
