package dev.edo.stream;

import java.util.function.BiConsumer;
import java.util.stream.Collector;
import org.jspecify.annotations.Nullable;

/** What {@link Stream#collect} returns. */
final class CollectFuture<T, A extends @Nullable Object, R extends @Nullable Object>
        extends DrainFuture<T, R> {
    private final Collector<? super T, A, R> collector;
    private final BiConsumer<A, ? super T> accumulator;
    private final A container;

    CollectFuture(Stream<T> source, Collector<? super T, A, R> collector) {
        super("collect", source, true);
        this.collector = collector;
        this.accumulator = collector.accumulator();
        this.container = collector.supplier().get();
    }

    @Override
    boolean accept(T element) {
        accumulator.accept(container, element);
        return true;
    }

    @Override
    R result() {
        return collector.finisher().apply(container);
    }
}
