package dev.edo.examples.echo;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a runtime counted between two moments. */
final class MeasuredCounters {
    private final Supplier<RuntimeCounters> source;
    private @Nullable RuntimeCounters begin;
    private @Nullable RuntimeCounters end;

    MeasuredCounters(Supplier<RuntimeCounters> source) {
        this.source = source;
    }

    synchronized void begin() {
        begin = source.get();
    }

    /** Looks once; later calls do nothing. */
    synchronized void end() {
        if (end == null) {
            end = source.get();
        }
    }

    /** {@return the difference; what was counted altogether when the first moment never came} */
    synchronized RuntimeCounters result() {
        end();
        return begin == null ? end : end.since(begin);
    }
}
