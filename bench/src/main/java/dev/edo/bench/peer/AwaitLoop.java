package dev.edo.bench.peer;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code for _ in 0..n { use(next().await) }}.
 *
 * @param <T> the type of what is awaited
 */
public final class AwaitLoop<T extends @Nullable Object> implements Future<@Nullable Void> {
    /** As often as the runtime lives. */
    public static final long FOREVER = Long.MAX_VALUE;

    private final Supplier<? extends Future<T>> next;
    private final Consumer<? super T> use;
    private long left;
    private @Nullable Future<T> waiting;

    /**
     * Makes the loop.
     *
     * @param rounds how often, or {@link #FOREVER}
     * @param next makes what is awaited
     * @param use takes what came of it
     */
    public AwaitLoop(long rounds, Supplier<? extends Future<T>> next, Consumer<? super T> use) {
        this.left = rounds;
        this.next = next;
        this.use = use;
    }

    @Override
    public Poll<@Nullable Void> poll(Context cx) throws Exception {
        for (;;) {
            var current = waiting;
            if (current == null) {
                if (left == 0) {
                    return Poll.ready();
                }
                left--;
                current = next.get();
                waiting = current;
            }
            if (!(current.poll(cx) instanceof Poll.Ready<T>(var value))) {
                return Poll.pending();
            }
            waiting = null;
            use.accept(value);
        }
    }
}
